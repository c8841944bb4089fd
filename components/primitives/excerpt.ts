/** A quote with what stands around it, cut at the borders of paragraphs. */
export type Excerpt = { before: string; quote: string; after: string; isCutBefore: boolean; isCutAfter: boolean };

/**
 * The part of a text around a quote.
 *
 * @param start UTF-16 index of the quote in the text; @param end the index behind it
 * @param reach how many characters to show on each side, at least; Infinity shows the whole text
 */
export function excerptAround(text: string, start: number, end: number, reach = 400): Excerpt {
  const from = Number.isFinite(reach) ? paragraphStart(text, start - reach) : 0;
  const to = Number.isFinite(reach) ? paragraphEnd(text, end + reach) : text.length;
  return {
    before: text.slice(from, start),
    quote: text.slice(start, end),
    after: text.slice(end, to),
    isCutBefore: from > 0,
    isCutAfter: to < text.length,
  };
}

/** Past this many characters a paragraph is cut inside, at a space. */
const longParagraph = 1200;

function paragraphStart(text: string, index: number): number {
  if (index <= 0) return 0;
  const border = text.lastIndexOf("\n", index);
  if (border >= 0 && index - border < longParagraph) return border + 1;
  if (border < 0 && index < longParagraph) return 0;
  return text.indexOf(" ", index) + 1;
}

function paragraphEnd(text: string, index: number): number {
  if (index >= text.length) return text.length;
  const border = text.indexOf("\n", index);
  if (border >= 0 && border - index < longParagraph) return border;
  if (border < 0 && text.length - index < longParagraph) return text.length;
  return text.lastIndexOf(" ", index);
}

/** Shortest and longest line that a typewriter's or an editor's margin leaves. */
const wrapFrom = 45;
const wrapTo = 90;

/**
 * A text whose lines were broken at a margin, as in old e-mail and Project Gutenberg, with spaces for those breaks, so
 * that it flows in any width. Paragraphs, lists and verse stay; so does every index, as the length does.
 */
export function unwrapLines(text: string): string {
  // A break inside of a paragraph; one before a list item or an indented line is meant.
  const breaks = [...text.matchAll(/(?<=(?:^|\n)([^\n]*\S) ?)\n(?=[^\s\-*+#>|])/g)];
  const isAtMargin = ([, line = ""]: RegExpMatchArray): boolean => line.length >= wrapFrom && line.length <= wrapTo;
  const wrapped = breaks.filter(isAtMargin);
  if (wrapped.length < breaks.length * 0.7) return text;
  const letters = text.split("");
  for (const { index } of wrapped) letters[index] = " ";
  return letters.join("");
}

/** A range of the whole text. */
export type Mark = { start: number; end: number };

/**
 * A piece of a text in parts, those inside of a mark told apart. Marks may overlap and reach beyond the piece.
 *
 * @param from where in the whole text the piece begins
 */
export function withMarks(text: string, from: number, marks: readonly Mark[]): { part: string; isMarked: boolean }[] {
  const parts: { part: string; isMarked: boolean }[] = [];
  let at = 0;
  for (const { start, end } of [...marks].sort((a, b) => a.start - b.start)) {
    const [first, last] = [Math.max(at, start - from), Math.min(text.length, end - from)];
    if (last <= first) continue;
    if (first > at) parts.push({ part: text.slice(at, first), isMarked: false });
    parts.push({ part: text.slice(first, last), isMarked: true });
    at = last;
  }
  if (at < text.length) parts.push({ part: text.slice(at), isMarked: false });
  return parts;
}
