import { stem } from "./stem";
import { isStopWord } from "./stop-words";
import { wordFamilies } from "./word-families";

const word = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;

/** The words of a text, lower case, possessive and clipped forms undone: "print'd" is "printed", "Anna's" is "anna". */
export function words(text: string): string[] {
  return Array.from(text.toLowerCase().matchAll(word), ([found]) => plain(found));
}

/**
 * The terms by which a text is found: stems of its words, in order, without stop words.
 *
 * Words made of others count as these here, unlike in `stem`, by which the graph names its primitives for good.
 *
 * @param dropped stems that say nothing here, as the names of the speakers
 */
export function terms(text: string, dropped: ReadonlySet<string> = noTerms): string[] {
  const found: string[] = [];
  for (const candidate of words(text)) {
    if (isStopWord(candidate)) continue;
    const term = stem(wordFamilies.get(candidate) ?? candidate);
    if (!dropped.has(term)) found.push(term);
  }
  return found;
}

/** Neighbouring terms, joined by a space. */
export function bigrams(sequence: readonly string[]): string[] {
  return sequence.slice(1).map((term, index) => `${sequence[index] ?? ""} ${term}`);
}

const noTerms: ReadonlySet<string> = new Set();

function plain(found: string): string {
  if (!found.includes("'") && !found.includes("’")) return found;
  return found
    .replaceAll("’", "'")
    .replace(/'s$/, "")
    .replace(/(?<=[a-z]{2})'d$/, "ed")
    .replace(/n't$/, "nt")
    .replaceAll("'", "");
}
