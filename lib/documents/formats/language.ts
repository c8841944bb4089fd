import type { Note } from "./reading";

/** Frequent in English of every kind, and rare or no words in other languages of the Latin script. */
const englishWords = new Set(
  (
    "the and of to is that it you was for with this have be are not my but they what from had has were which when " +
    "would there their been could if about then them these than how who where because i'm i've don't it's its your " +
    "i his her she we our do did so can will all out up some just get like know one as by at or i he"
  ).split(" "),
);
const sampleChars = 60_000;
const minWords = 25;
const minShare = 0.2;

/** A note when a text is plainly not English: the built-in engine reads no other language. */
export function languageNotes(text: string): Note[] {
  const sample = text.slice(0, sampleChars).toLowerCase().replaceAll("’", "'");
  const words = sample.match(/[\p{L}\p{M}']+/gu) ?? [];
  if (words.length < minWords && !isOtherScript(sample)) return [];
  const share = words.filter((word) => englishWords.has(word)).length / Math.max(1, words.length);
  if (share >= minShare) return [];
  const message =
    "This text does not seem to be English. The built-in engine reads English only; a language model reads others too.";
  return [{ code: "not_english", message }];
}

function isOtherScript(sample: string): boolean {
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters >= 20 && latin < letters / 2;
}
