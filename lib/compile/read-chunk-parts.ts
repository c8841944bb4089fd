import { lines, paragraphs, type Range, type Sentence } from "./sentences";

/**
 * What a sentence of a source is: the writer's own words; own, but nothing to read a statement from (a heading);
 * somebody else's (a note, verse, a letter that was put in); or nothing a person wrote (a ruling, a page number).
 */
export type Part = "own" | "silent" | "foreign" | "skip";

const ruling = /^[\s|+\-=_*~#.·•:<>/\\{}[\]()—–]*$/u;
const tableRow = /^\s*\||\|\s*$|[+|][-=]{3,}[+|]|^\s*\|.*\|\s*$|(?:\s\|\s.*){3,}|^\s*\{\s*\d*\s*\}/u;
const pageNumber =
  /^\s*[[(—–-]*\s*(?:page|pg\.?|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|\/)\s*\d{1,4})?\s*[\])—–-]*\s*$/iu;
const boilerplate =
  /\bproject gutenberg|\bgutenberg(?:-tm|™|\.org)|\ball rights reserved\b|^\s*(?:copyright|©|\(c\))\s|\bisbn(?:-1[03])?[:\s]|\bunder the terms of the .{0,40}licen[cs]e|\*{3} ?(?:start|end) of\b/iu;
const salutation =
  /^[\s"“_*]*(?:(?:my )?(?:very )?(?:dear|dearest|honou?red|esteemed|beloved|reverend|most)\b[^.!?\n]{0,50}[,:;—-]|(?:sir|madam|gentlemen|dear sir)\s*[,:;—-])/iu;
const closing =
  /\b(?:yours?(?: (?:most|very|ever|truly|sincerely|faithfully|affectionate\w*|obedient|humble|loving))*|sincerely|faithfully|affectionately|respectfully|regards|humble servant|obedient servant|your (?:friend|brother|sister|son|daughter|father|mother)|signed)\b[^.!?]{0,40}$/iu;
/** A letter without an end in sight is none. */
const maxLetterParagraphs = 60;
/** A document that begins with a salutation is the writer's own letter. */
const headChars = 1_500;

/** Tells for any sentence of a first-person document whose words it holds. */
export type PartOf = (sentence: Sentence) => Part;

/** @param faceNames words of the face's name, to know the writer's own letters by their signature */
export function partsOf(text: string, faceNames: readonly string[]): PartOf {
  const all = paragraphs(text);
  const isMostlyIndented = all.filter((range) => isIndented(text, range)).length > all.length / 2;
  const foreign = [...brackets(text, all), ...letters(text, all, faceNames), ...quotations(text, all)];
  const silent: Range[] = [];
  for (const range of all) {
    const paragraph = text.slice(range.start, range.end);
    if (/^\s*(?:\[\d+\]|>)/u.test(paragraph)) foreign.push(range);
    else if (isHeading(paragraph)) silent.push(range);
    else if (!isMostlyIndented && isIndented(text, range)) (paragraph.includes("\n") ? foreign : silent).push(range);
  }
  const isIn = lookup(foreign);
  const isSilent = lookup(silent);
  return (sentence) => {
    if (isNothing(sentence.text)) return "skip";
    if (isIn(sentence)) return "foreign";
    return isSilent(sentence) ? "silent" : "own";
  };
}

/** Rulings, page numbers, rows of tables, terms of a licence. */
export function isNothing(sentence: string): boolean {
  return ruling.test(sentence) || pageNumber.test(sentence) || tableRow.test(sentence) || boilerplate.test(sentence);
}

/** Whether the middle of a sentence lies in one of the ranges. */
function lookup(ranges: Range[]): (sentence: Range) => boolean {
  const sorted = ranges.toSorted((a, b) => a.start - b.start);
  const reach: number[] = [];
  for (const { end } of sorted) reach.push(Math.max(end, reach.at(-1) ?? 0));
  return ({ start, end }) => {
    const middle = (start + end) / 2;
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const at = (low + high) >> 1;
      if ((sorted[at]?.start ?? 0) <= middle) low = at + 1;
      else high = at;
    }
    return low > 0 && middle < (reach[low - 1] ?? 0);
  };
}

/** Remarks in square brackets, also over some paragraphs, and asides signed with initials: the editor's. */
function brackets(text: string, all: Range[]): Range[] {
  const found: Range[] = [];
  for (const [index, { start }] of all.entries()) {
    if (!/^\s*\[(?!\d+\]|[ x]\])/u.test(text.slice(start, start + 12))) continue;
    const to = all[Math.min(all.length - 1, index + 5)]?.end ?? text.length;
    const end = text.indexOf("]", start);
    if (end > 0 && end <= to && !/^\]\s*\(/u.test(text.slice(end, end + 4))) found.push({ start, end: end + 1 });
  }
  for (const match of text.matchAll(/[([][^()[\]]{20,2000}?(?:--|—|–)\s*(?:[A-Z]\.\s?){2,3}[)\]]/gu))
    found.push({ start: match.index, end: match.index + match[0].length });
  for (const match of text.matchAll(/\[[^[\]]{41,2000}\]/gu))
    found.push({ start: match.index, end: match.index + match[0].length });
  return found;
}

/** From a salutation to the signature of somebody else. */
function letters(text: string, all: Range[], faceNames: readonly string[]): Range[] {
  const found: Range[] = [];
  let until = -1;
  for (const [index, { start, end }] of all.entries()) {
    if (start < headChars || start < until || !salutation.test(text.slice(start, Math.min(end, start + 80)))) continue;
    for (const below of all.slice(index, index + maxLetterParagraphs)) {
      const signature = signatureOf(text, below);
      if (signature === null) continue;
      until = below.end;
      if (!faceNames.some((name) => signature.toLowerCase().includes(name.toLowerCase())))
        found.push({ start, end: below.end });
      break;
    }
  }
  return found;
}

/** A short last line of nothing but a name, after a formula that closes a letter. */
function signatureOf(text: string, range: Range): string | null {
  const all = [...lines(text, range)].map(({ start, end }) => text.slice(start, end).trim());
  const last = all.at(-1) ?? "";
  const name = /^(?:signed,?\s*)?["“_]*((?:\p{Lu}[\p{L}'’.]*\s*){1,4})["”_.]*$/u.exec(last)?.[1];
  if (!name || name.trim().length < 3) return null;
  const before = text.slice(Math.max(0, range.end - last.length - 160), range.end - last.length).trimEnd();
  return closing.test(before.replace(/[\s,.;:]+$/u, "")) || /^signed/iu.test(last) ? name : null;
}

/** Paragraphs that are one quotation: each of several begins with a mark, the last one ends with it. */
function quotations(text: string, all: Range[]): Range[] {
  const found: Range[] = [];
  for (const [index, range] of all.entries()) {
    const paragraph = text.slice(range.start, range.end).trim();
    const mark = /^["“]/u.exec(paragraph)?.[0];
    if (!mark) continue;
    const rest = paragraph.slice(1);
    const end = rest.search(mark === "“" ? /”/u : /"/u);
    const isOpen =
      end < 0 &&
      /^\s*["“]/u.test(text.slice(all[index + 1]?.start ?? text.length, (all[index + 1]?.start ?? text.length) + 4));
    const isClosedAtEnd = end >= 0 && /^["”][\s.,;:)\]]*$/u.test(rest.slice(end));
    if ((isOpen || isClosedAtEnd) && rest.split(/\s+/u).length > 5) found.push(range);
  }
  return found;
}

function isHeading(paragraph: string): boolean {
  const plain = paragraph.trim();
  if (/^#{1,6}\s/u.test(plain) && !plain.includes("\n")) return true;
  const words = plain.split(/\s+/u);
  if (words.length > 12 || plain.split("\n").length > 3 || /[.!?…;,:"”]["”’)]*$/u.test(plain)) return false;
  const counted = words.filter((word) => /\p{L}{4}/u.test(word));
  if (plain === plain.toUpperCase() && /\p{Lu}{3}/u.test(plain)) return true;
  return (
    counted.length > 1 &&
    counted.every((word) => /^[^\p{L}]*\p{Lu}/u.test(word)) &&
    !/\b(?:i|me|my|am|is|are)\b/iu.test(plain)
  );
}

/** Every line of the paragraph set in by two spaces or more. */
function isIndented(text: string, range: Range): boolean {
  const start = text.lastIndexOf("\n", range.start - 1) + 1;
  return [...lines(text, { start, end: range.end })].every((line) =>
    /^(?: {2,}|\t)\s*\S/u.test(text.slice(line.start, line.end)),
  );
}
