/** A stretch of the document: `text.slice(start, end)`, offsets in UTF-16 units. */
export type Range = { start: number; end: number };

/** A sentence without the white space around it; line breaks inside it are kept. */
export type Sentence = Range & { text: string };

/** Words after which a full stop does not end a sentence. */
const abbreviations = new Set(
  (
    "mr mrs ms messrs dr prof rev revd hon st sr jr esq gen col capt lieut lt sgt maj cmdr gov pres sen rep fr bp mme mlle " +
    "vs viz etc e.g i.e cf al ed eds vol vols no nos pp p fig figs ch chap sec art inc ltd co corp bros dept est approx " +
    "jan feb mar apr jun jul aug sept sep oct nov dec a.m p.m u.s u.k ph.d b.a m.a m.d d.c"
  ).split(" "),
);
/** Abbreviations that may also close a sentence: what follows decides. */
const mayClose = new Set("etc al a.m p.m u.s u.k ph.d b.a m.a m.d d.c jr sr esq inc ltd co corp bros".split(" "));

/** A text without a single full stop must not become one endless sentence. */
const maxSentenceChars = 1_000;
const listItem = /^\s*(?:[-*•–—]\s+|\(?\d{1,3}[.)]\s+|#{1,6}\s|>\s|\|)/u;
const closing = /["'”’»)\]_*]/u;

/**
 * Splits a text at blank lines.
 *
 * @returns ranges of the paragraphs in `text.slice(start, end)`, without the blank lines
 */
export function paragraphs(text: string, { start, end }: Range = { start: 0, end: text.length }): Range[] {
  const ranges: Range[] = [];
  let from = -1;
  let to = -1;
  for (const line of lines(text, { start, end })) {
    if (isBlank(text, line)) {
      if (from >= 0) ranges.push({ start: from, end: to });
      from = -1;
      continue;
    }
    if (from < 0) from = line.start;
    to = line.end;
  }
  if (from >= 0) ranges.push({ start: from, end: to });
  return ranges;
}

/**
 * Splits a range into sentences with exact offsets.
 *
 * A line break ends a sentence only where the text is not hard-wrapped: list items, headings, verse,
 * one-line paragraphs. Time is linear in the text.
 */
export function sentences(text: string, range: Range = { start: 0, end: text.length }): Sentence[] {
  return paragraphs(text, range).flatMap((paragraph) =>
    blocks(text, paragraph).flatMap((block) => sentencesOfBlock(text, block)),
  );
}

/** Lines of a range, each without its line break. */
export function* lines(text: string, { start, end }: Range): Generator<Range> {
  let from = start;
  while (from < end) {
    const found = text.indexOf("\n", from);
    const to = found < 0 || found >= end ? end : found;
    yield { start: from, end: to };
    from = to + 1;
  }
}

function isBlank(text: string, { start, end }: Range): boolean {
  for (let at = start; at < end; at += 1) if (!/\s/u.test(text[at] ?? "")) return false;
  return true;
}

/** Joins the lines of a paragraph that are one run of prose. */
function blocks(text: string, paragraph: Range): Range[] {
  const all = [...lines(text, paragraph)];
  const width = Math.max(...all.slice(0, 200).map((line) => line.end - line.start));
  const joined: Range[] = [];
  for (const [index, line] of all.entries()) {
    const previous = joined.at(-1);
    const above = all[index - 1];
    if (previous && above && isWrapped(text, above, line, width)) previous.end = line.end;
    else joined.push({ ...line });
  }
  return joined;
}

/** Whether `below` continues `above`: its first word would not have fitted, in a column of plausible width. */
function isWrapped(text: string, above: Range, below: Range, width: number): boolean {
  const next = text.slice(below.start, Math.min(below.end, below.start + 80));
  if (listItem.test(next)) return false;
  const length = above.end - above.start;
  const firstWord = next.trimStart().search(/\s|$/u);
  if (width >= 40 && width <= 110 && length + 1 + firstWord > width * 0.8) return true;
  return /^\s*\p{Ll}/u.test(next) && length > 40 && !/[.!?…]["”’)]*\s*$/u.test(text.slice(above.end - 5, above.end));
}

function sentencesOfBlock(text: string, block: Range): Sentence[] {
  const found: Sentence[] = [];
  let start = skipSpace(text, block.start, block.end);
  for (let at = start; at < block.end; at += 1) {
    const isStop = /[.!?…。！？]/u.test(text[at] ?? "");
    const isTooLong = at - start >= maxSentenceChars && /\s/u.test(text[at] ?? "");
    const isFarTooLong = at - start >= 2 * maxSentenceChars && !isLowSurrogate(text, at);
    if (!isTooLong && !isFarTooLong && !isStop) continue;
    const end = isStop ? endOfStop(text, at, block.end) : at;
    if (isStop && !isSentenceEnd(text, start, at, end, block.end)) {
      at = end - 1;
      continue;
    }
    push(found, text, start, end);
    start = skipSpace(text, end, block.end);
    at = start - 1;
  }
  push(found, text, start, block.end);
  return found;
}

function push(found: Sentence[], text: string, start: number, end: number): void {
  let last = end;
  while (last > start && /\s/u.test(text[last - 1] ?? "")) last -= 1;
  if (last > start) found.push({ start, end: last, text: text.slice(start, last) });
}

function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /\s/u.test(text[at] ?? "")) at += 1;
  return at;
}

/** Index after the stops, closing quotes and brackets that begin at `at`. */
function endOfStop(text: string, at: number, end: number): number {
  let to = at + 1;
  while (to < end && (/[.!?…。！？]/u.test(text[to] ?? "") || closing.test(text[to] ?? ""))) to += 1;
  return to;
}

function isSentenceEnd(text: string, start: number, at: number, stopEnd: number, end: number): boolean {
  if (stopEnd >= end) return true;
  if (/[。！？]/u.test(text[at] ?? "")) return true;
  if (!/\s/u.test(text[stopEnd] ?? "")) return /^\[\d+\]\s/u.test(text.slice(stopEnd, stopEnd + 8));
  const next = text.slice(skipSpace(text, stopEnd, end), skipSpace(text, stopEnd, end) + 3);
  if (/^[.!?…]/u.test(next)) return false;
  const beginsNew = /^["'“‘«([_*]*[\p{Lu}\p{Lt}\p{N}\p{Lo}]/u.test(next) || /^[-–—"“•]/u.test(next);
  // People who write without capitals still end their sentences.
  const isLowerCase = /^\p{Ll}/u.test(next) && /^\p{Ll}/u.test(text[start] ?? "") && stopEnd === at + 1;
  if (!beginsNew && !isLowerCase) return /^[^\p{L}]/u.test(next) && !/^[,;:]/u.test(next);
  return text[at] !== "." || !isAbbreviation(text, start, at, next);
}

function isAbbreviation(text: string, start: number, at: number, next: string): boolean {
  const word = /[\p{L}\p{N}.]+$/u.exec(text.slice(Math.max(start, at - 24), at))?.[0] ?? "";
  const bare = word.toLowerCase();
  if (/^\p{Lu}$/u.test(word)) return word !== "I";
  if (mayClose.has(bare)) return !/^["“‘(]?\p{Lu}/u.test(next);
  return (
    abbreviations.has(bare) &&
    !(bare === "no" && !/^\d/u.test(next)) &&
    !(["art", "co", "sen", "ed", "mar", "fig"].includes(bare) && word === bare)
  );
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
