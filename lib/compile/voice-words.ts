import { sentences } from "./sentences";

/** A turn taken apart once, for everything that is counted in it. */
export type SpokenTurn = {
  text: string;
  /** lower case, with straight apostrophes */
  words: string[];
  /** the words of each sentence; no phrase crosses a sentence */
  sentences: string[][];
};

const word = /[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu;

/** Takes a turn apart. */
export function spoken(text: string): SpokenTurn {
  const own = sentences(text)
    .map((sentence) => wordsOf(sentence.text))
    .filter((words) => words.length > 0);
  return { text, words: own.flat(), sentences: own };
}

/** The words of a text, in lower case. Underscores and stars are marks of emphasis, not letters. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().replaceAll("’", "'").replaceAll("_", " ").match(word) ?? [];
}

/** Words that are names here: where they do not begin a sentence they nearly always have a capital. */
export function namesIn(texts: string[]): Set<string> {
  const seen = new Map<string, { capital: number; inside: number }>();
  for (const { text } of texts.flatMap((each) => sentences(each))) {
    for (const match of text.replaceAll("’", "'").matchAll(/[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu)) {
      const before = text.slice(0, match.index);
      if (!/[\p{L}\p{N}]/u.test(before) || /[.!?:"“]\W*$/u.test(before)) continue;
      const key = match[0].toLowerCase();
      const count = seen.get(key) ?? { capital: 0, inside: 0 };
      count.inside += 1;
      if (/^\p{Lu}/u.test(match[0])) count.capital += 1;
      seen.set(key, count);
    }
  }
  const isName = ([key, { capital, inside }]: [string, { capital: number; inside: number }]) =>
    capital / inside >= 0.75 && !/^i(?:'|$)/u.test(key);
  return new Set([...seen].filter(isName).map(([key]) => key));
}

/** Every run of `size` words that stands within one sentence. */
export function phrasesOf({ sentences: all }: SpokenTurn, size: number): string[] {
  return all.flatMap((words) =>
    Array.from({ length: Math.max(0, words.length - size + 1) }, (_each, at) => words.slice(at, at + size).join(" ")),
  );
}
