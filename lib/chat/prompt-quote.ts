/** Whatever could end a line: white space of all kinds, control characters, Unicode's line and paragraph separators. */
const breaks = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Marks that turn the direction of writing, and invisible letters in which a text can be hidden from its reader. */
const hidden = /[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;
/** What opens a tag, or a mark by which servers of open models tell the parts of a conversation: `</system>`, `<|im_end|>`. */
const tagOpener = /<(?=[|/!?\p{L}_])|\[(?=\/?(?:INST|SYS)\b)/gu;

/**
 * A text of a source as one line of a prompt, between double quotes, as JSON: nothing in it can end the line or the
 * quote, begin a heading or a list, or pass for a tag. `JSON.parse` gives the text back, on one line.
 *
 * @param maxCharacters a longer text ends at its last sentence within them, with an ellipsis
 */
export function quoted(text: string, maxCharacters = Infinity): string {
  const line = shortened(text.normalize().replace(hidden, "").replace(breaks, " ").trim(), maxCharacters);
  return JSON.stringify(line).replace(tagOpener, (mark) => (mark === "<" ? "\\u003c" : "\\u005b"));
}

/** A name on one line, without quotes: it stands in the middle of a sentence. */
export function oneLine(text: string): string {
  return text.replace(hidden, "").replace(breaks, " ").trim();
}

/** A text's beginning, up to the last sentence that fits, else the last word. */
function shortened(line: string, maxCharacters: number): string {
  if (line.length <= maxCharacters) return line;
  const cut = line.slice(0, maxCharacters);
  const sentence = Math.max(...[". ", "? ", "! "].map((end) => cut.lastIndexOf(end)));
  if (sentence > maxCharacters / 2) return `${cut.slice(0, sentence + 1)} …`;
  const word = cut.lastIndexOf(" ");
  return `${(word > maxCharacters / 2 ? cut.slice(0, word) : cut).toWellFormed()} …`;
}
