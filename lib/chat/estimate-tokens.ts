/** What an image, a sound or a file may take at most, near enough: their bytes say nothing about their tokens. */
const mediaTokens = 1_600;

/** Roles, separators and the like, per message or other object. */
const objectTokens = 4;

/** English is about 4.3 bytes a token, code 3.3, Chinese 3.5: this errs on the high side for all of them. */
const bytesPerToken = 3;

const encodedMedia = /^data:[\w.+-]+\/[\w.+-]+;base64,/;
const encodedBytes = /^[\w+/=\r\n-]+$/;
const mediaKeys = new Set(["data", "file_data"]);

/**
 * How many tokens a request's body is at most, near enough, without reading it as a tokenizer would.
 *
 * Used for holding money before a call, where milliseconds count and too much held is given back at once.
 */
export function estimateTokens(value: unknown): number {
  return Math.ceil(estimate(value, ""));
}

function estimate(value: unknown, key: string): number {
  if (typeof value === "string") return isMedia(value, key) ? mediaTokens : Buffer.byteLength(value) / bytesPerToken;
  if (Array.isArray(value)) return value.reduce((sum: number, inner) => sum + estimate(inner, key), 0);
  if (typeof value !== "object" || value === null) return value === null || value === undefined ? 0 : 1;
  let sum = objectTokens;
  for (const [name, inner] of Object.entries(value)) sum += name.length / bytesPerToken + estimate(inner, name);
  // an address stands for an image that only the provider sees
  return key === "image_url" || key === "source" ? Math.max(sum, mediaTokens) : sum;
}

function isMedia(text: string, key: string): boolean {
  if (encodedMedia.test(text.slice(0, 100))) return true;
  // a text may stand there too, and every word of it is paid
  return mediaKeys.has(key) && text.length > 2_000 && encodedBytes.test(text.slice(0, 2_000));
}

/** All text of a request's messages and tools, for counting it exactly where nobody else did; media are left out. */
export function inputText(request: Record<string, unknown>): string {
  const texts: string[] = [];
  for (const key of ["system", "messages", "tools"]) collectTexts(request[key], key, texts);
  return texts.join("\n");
}

function collectTexts(value: unknown, key: string, into: string[]): void {
  if (typeof value === "string") {
    if (!isMedia(value, key)) into.push(value);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) collectTexts(inner, Array.isArray(value) ? key : name, into);
  }
}
