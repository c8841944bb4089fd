import { words } from "@/lib/retrieve/tokenize";

/** What was answered before: nothing of it is said again. */
export type Said = {
  has(sentence: string): boolean;
  /** whether it stands in the last answer */
  hadLast(sentence: string): boolean;
  /** the last answer; empty before the first */
  last: string;
};

/** Earlier answers are hardly remembered by anybody, and cost time. */
const maxAnswers = 50;
const maxCharacters = 4_000;
/** As many words at either end of a sentence are enough to know it by: a quotation may have been cut. */
const tellingWords = 8;

export function saidIn(answers: readonly string[]): Said {
  const plain = answers.slice(-maxAnswers).map(plainOf);
  const all = plain.join("|");
  const last = plain.at(-1) ?? "";
  return {
    has: (sentence) => isIn(all, sentence),
    hadLast: (sentence) => isIn(last, sentence),
    last: answers.at(-1) ?? "",
  };
}

function isIn(answers: string, sentence: string): boolean {
  if (answers === "") return false;
  const own = words(sentence);
  const parts = own.length <= tellingWords ? [own] : [own.slice(0, tellingWords), own.slice(-tellingWords)];
  return parts.some((part) => answers.includes(` ${part.join(" ")} `));
}

function plainOf(text: string): string {
  return ` ${words(text.slice(0, maxCharacters)).join(" ")} `;
}
