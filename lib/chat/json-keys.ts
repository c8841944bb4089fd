/** A key of a JSON object as it stands in its text: where its value begins and ends, as character offsets. */
export type JsonKey = { key: string; start: number; end: number };

const space = /[\s\uFEFF]/;

/**
 * The keys of the object that a JSON text is, in order and with every repetition, which a parser would hide.
 *
 * @param text a JSON text that was parsed before, so that it is known to be an object
 */
export function jsonKeys(text: string): JsonKey[] {
  const keys: JsonKey[] = [];
  let at = text.indexOf("{") + 1;
  for (;;) {
    at = text.indexOf('"', at);
    if (at === -1) return keys;
    const keyEnd = stringEnd(text, at);
    const key = JSON.parse(text.slice(at, keyEnd)) as string;
    let start = text.indexOf(":", keyEnd) + 1;
    while (space.test(text[start] ?? "")) start++;
    const end = valueEnd(text, start);
    keys.push({ key, start, end });
    at = end;
  }
}

/** Behind the closing quote of the string that begins at an index. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

/** Behind the value that begins at an index. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      at = stringEnd(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      if (depth === 0) return trimmedEnd(text, start, at);
      depth--;
      if (depth === 0) return at + 1;
    } else if (char === "," && depth === 0) return trimmedEnd(text, start, at);
  }
  return text.length;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && space.test(text[at - 1] ?? "")) at--;
  return at;
}
