import { InvalidInputError } from "@/lib/errors";

/** How deep arrays and objects may lie in each other: schemas of tools reach some thirty. */
const maxDepth = 128;

/**
 * Parses bytes as JSON.
 *
 * PostgreSQL cannot hold NUL or half a surrogate pair, and both can be written as escapes: NUL is refused, a lone
 * surrogate becomes U+FFFD, which keeps every offset.
 *
 * @throws {InvalidInputError} not UTF-8, not JSON, nested too deep, or with a NUL inside
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes);
  requireShallow(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "unknown reason";
    throw new InvalidInputError(`The body is not valid JSON: ${reason}.`);
  }
  return /\\u(?:0000|[dD][89a-fA-F])/.test(text) ? storable(value) : value;
}

/**
 * Whoever walks a value recursively runs out of stack in one that is nested deep enough, and ten megabytes of brackets
 * fill the heap already when they are parsed: so this looks at the text. Strings, of which bodies mostly consist, are
 * leapt over.
 *
 * @throws {InvalidInputError}
 */
function requireShallow(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x5d || code === 0x7d) depth--;
    if (depth > maxDepth) throw new InvalidInputError(`The body is nested deeper than ${maxDepth} levels.`);
  }
}

/** Where the string ends that begins at `start`; the text's end when it never does. */
function endOfString(text: string, start: number): number {
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return quote;
    from = quote + 1;
  }
}

/** Strictly decoded UTF-8. @throws {InvalidInputError} */
function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInputError("The body is not valid UTF-8.");
  }
}

function storable(value: unknown): unknown {
  if (typeof value === "string") {
    if (value.includes("\0")) throw new InvalidInputError("The body holds a NUL character, which is not text.");
    return value.toWellFormed();
  }
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [String(storable(key)), storable(inner)]));
  }
  return value;
}
