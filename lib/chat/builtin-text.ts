import { terms } from "@/lib/retrieve/tokenize";

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
/** After these a full stop ends no sentence. */
const abbreviation = /\b(?:Mr|Mrs|Ms|Dr|St|Prof|Rev|Hon|Esq|Messrs|Capt|Col|Gen|Gov|Lt|Sir|No|Vol|etc|viz|[A-Z])\.$/u;

/** A text in its sentences, trimmed, as they stand. */
export function sentences(text: string): string[] {
  const found: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const open = found.at(-1);
    // a sentence that ends in an abbreviation, or is followed by a small letter, goes on
    const goesOn = open !== undefined && (abbreviation.test(open.slice(-12).trimEnd()) || /^\p{Ll}/u.test(segment));
    if (goesOn) found[found.length - 1] = open + segment;
    else found.push(segment);
  }
  return found.map((sentence) => sentence.trim()).filter((sentence) => sentence !== "");
}

/** A piece of source on one line, without marks of writing: emphasis, headings, footnotes, its own outer quotes. */
export function cleaned(text: string): string {
  return text
    .replace(/\[\d{1,4}\]/g, "")
    .replace(/[*_#>`]+/g, "")
    .replace(/\s+/g, " ")
    .replace(/^[\s"“”]+|[\s"“”]+$/g, "");
}

/** A cleaned text between quotation marks; marks of its own become single ones. */
export function marked(text: string): string {
  const inner = text.replace(/["“”]/g, (mark, at: number, whole: string) =>
    mark === "“" || (mark === '"' && /^\S/.test(whole.slice(at + 1)) && !/\S$/.test(whole.slice(0, at))) ? "‘" : "’",
  );
  return `“${inner}”`;
}

/** Whether one text says mostly what the other says, by their words, and neither denies the other. */
export function saysTheSame(a: string, b: string): boolean {
  return sharesWords(a, b) && isDenying(a) === isDenying(b);
}

/** Whether two texts speak of the same in the same words, and one denies what the other says. */
export function saysTheOpposite(a: string, b: string): boolean {
  const [left, right] = [new Set(terms(a)), new Set(terms(b))];
  if (isDenying(a) === isDenying(b) || Math.min(left.size, right.size) < 2) return false;
  const shared = [...left].filter((term) => right.has(term)).length;
  return shared / (left.size + right.size - shared) >= 0.6;
}

function sharesWords(a: string, b: string): boolean {
  const left = new Set(terms(a));
  const right = new Set(terms(b));
  const smaller = Math.min(left.size, right.size);
  if (smaller === 0) return false;
  return [...left].filter((term) => right.has(term)).length / smaller >= 0.75;
}

const denial =
  /\b(?:not|never|no|nor|neither|nobody|nothing|none|cannot|without|hardly|scarcely|seldom|rarely)\b|n['’]t\b/giu;

/** An odd number of denials: two of them deny nothing. */
export function isDenying(text: string): boolean {
  return ((text.match(denial) ?? []).length & 1) === 1;
}

const firstPerson = /\b(?:I|I['’]\p{L}+|me|my|mine|myself)\b/u;

export function isInFirstPerson(text: string): boolean {
  return firstPerson.test(text);
}

/** Dates and titles between paragraphs. */
export function isHeading(text: string): boolean {
  const line = text.trim();
  return /^#{1,6}\s/.test(line) || /^\W*\d{1,2}\s+\p{L}+(?:\s+\d{4})?\W*$/u.test(line) || /^[A-Z\d\W]+$/.test(line);
}

/** Whether a text only asks the face something: an interviewer's line, which answers nothing. */
export function isAskedOfFace(text: string): boolean {
  const trimmed = text.trim();
  if (/^\*\*[^*]+\*\*$/.test(trimmed)) return true;
  const plain = trimmed.replace(/[*_"“”]+/g, "");
  if (!plain.endsWith("?")) return false;
  const isToFace = /\byou(?:r|rs|rself)?\b/i.test(plain) && !/\b(?:I|me|my)\b/.test(plain);
  return isToFace || sentences(plain).every((sentence) => sentence.endsWith("?"));
}

/** Words that only an earlier sentence explains. */
const leaningStart =
  /^(?:\d+\.?\)|it|its|that|this|these|those|they|them|their|he|him|his|she|her|hers|then|there|so|but|and|or|nor|yet|which|who|because|otherwise|otherwise,|however|therefore|hence|thus|again|such|the (?:other|rest|same|latter|former)|one of (?:them|these|those)|another|both|neither|either|in (?:that|this)|on (?:that|this)|at (?:that|this)|after (?:that|this)|for (?:that|this)|from (?:that|this|there)|upon (?:this|that|which))(?!\p{L})/iu;

/** Whether a sentence cannot be understood without the one before it. */
export function leansBack(sentence: string): boolean {
  if (leaningStart.test(sentence) || leaningObject.test(sentence)) return true;
  return isShort(sentence, 7) && /\b(?:it|them|him|her|that|this|so|those|these)\b\W*$/iu.test(sentence);
}

const leaningObject = /^I(?:['’]\p{L}+)? \p{L}+ (?:it|them|him|her|so|this)\b/u;

/** Whether a sentence goes on about what the one before it named. */
export function leansOn(sentence: string): boolean {
  const beginning = sentence.split(/\s+/u).slice(0, 8).join(" ");
  return leansBack(sentence) || /\b(?:it|its|them|their|they|him|his|he|her|she|here|there)\b/iu.test(beginning);
}

/** A turn without the names by which it addresses somebody: ", Aunt Augusta,". */
export function withoutAddress(text: string): string {
  return text
    .replace(/,\s*(?:my )?(?:dear(?:est)? )?\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)?(?=[.,!?;])/gu, "")
    .replace(/(?<=^|[.!?]\s)(?:(?:my )?dear(?:est)? )?\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)?(?=[!,]\s)/gu, "");
}

/** Whether an answer in a conversation makes no sense alone: "Never about work." */
export function isElliptical(text: string): boolean {
  const [first = ""] = sentences(text);
  if (isShort(text, 4) || (leansBack(first) && isShort(text, 9))) return true;
  if (
    /^(?:yes|no|never|always|maybe|perhaps|of course|certainly|exactly|i (?:do|did|don't|suppose|am|will|know))\b\W/iu.test(
      `${first} `,
    )
  )
    return isShort(first, 5) || /^(?:yes|no)\b/iu.test(first);
  return !isInFirstPerson(text) && isShort(text, 7);
}

export function isShort(text: string, words: number): boolean {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length < words;
}
