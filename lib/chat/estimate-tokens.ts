/** What an image, a sound or a file takes, near enough: their bytes say nothing about their tokens. */
const usualMediaTokens = 1_600;

/** Roles, separators and the like, per message or other object. */
const objectTokens = 4;

/** English is about 4.3 bytes a token, code 3.3, Chinese 3.5: this errs on the high side for all of them. */
const bytesPerToken = 3;

const encodedMedia = /^data:[\w.+-]+\/[\w.+-]+;base64,/;
const encodedBytes = /^[\w+/=\r\n-]+$/;
/** Where the wires put bytes. A text that only looks like bytes is paid word by word. */
const mediaKeys = new Set(["url", "image_url", "data", "file_data"]);

/**
 * How many tokens a request's body is at most, near enough, without reading it as a tokenizer would.
 *
 * Used for holding money before a call, where milliseconds count and too much held is given back at once.
 *
 * @param mediaTokens what an image, a sound or a file takes
 */
export function estimateTokens(value: unknown, mediaTokens = usualMediaTokens): number {
  return Math.ceil(estimate(value, "", mediaTokens));
}

function estimate(value: unknown, key: string, mediaTokens: number): number {
  if (typeof value === "string") return isMedia(value, key) ? mediaTokens : Buffer.byteLength(value) / bytesPerToken;
  if (Array.isArray(value)) {
    return value.reduce((sum: number, inner) => sum + estimate(inner, key, mediaTokens), 0);
  }
  if (typeof value !== "object" || value === null) return value === null || value === undefined ? 0 : 1;
  let sum = objectTokens;
  for (const [name, inner] of Object.entries(value)) {
    sum += name.length / bytesPerToken + estimate(inner, keyOf(value, name), mediaTokens);
  }
  // an address stands for an image that only the provider sees
  return key === "image_url" || key === "source" ? Math.max(sum, mediaTokens) : sum;
}

/** In an object that says it is text, nothing is media. */
function keyOf(object: object, name: string): string {
  return mediaKeys.has(name) && "type" in object && object.type === "text" ? "text" : name;
}

function isMedia(text: string, key: string): boolean {
  if (!mediaKeys.has(key)) return false;
  // a text may stand there too, and every word of it is paid
  return encodedMedia.test(text.slice(0, 100)) || (text.length > 2_000 && encodedBytes.test(text.slice(0, 2_000)));
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
    for (const [name, inner] of Object.entries(value)) {
      collectTexts(inner, Array.isArray(value) ? key : keyOf(value, name), into);
    }
  }
}
