import type { Question } from "./builtin-read";
import { isInFirstPerson, isShort, leansBack, leansOn } from "./builtin-text";
import { trimmed } from "./builtin-trim";
import { gives } from "./builtin-wanted";
import { topics } from "./builtin-words";

/** Characters of one quotation; a single sentence is cut between its clauses earlier than that. */
const maxCharacters = 420;
const maxSentence = 280;
const maxSentences = 3;
/** A quotation of fewer words is joined by the sentence after it. */
const shortWords = 6;

/**
 * Of a text's sentences those that bear on the question, with those that explain them.
 *
 * @param runs sentences that follow one another, as many runs as there are gaps
 * @param isWhole a turn, or an answer to just this question: all of it, where it is not too long
 */
export function choose(runs: readonly string[][], question: Question, isWhole: boolean): string | null {
  const bestOf = (run: readonly string[]) => Math.max(...run.map((sentence) => weigh(sentence, question)));
  const [all] = [...runs].sort((a, b) => bestOf(b) - bestOf(a));
  if (all === undefined) return null;
  if (isWhole && all.length <= maxSentences + 1 && all.join(" ").length <= maxCharacters) return all.join(" ");
  const weights = all.map((sentence) => weigh(sentence, question));
  let from = weights.indexOf(Math.max(...weights));
  let to = from;
  const run = () => all.slice(from, to + 1).join(" ");
  const fits = (sentence: string) =>
    to - from < maxSentences - 1 && run().length + sentence.length < maxCharacters && run().length < maxSentence;
  const before = () => all[from - 1] ?? "";
  while (from > 0 && (leansBack(all[from] ?? "") || isShort(before(), 3)) && fits(before())) from -= 1;
  for (let next = all[to + 1]; next !== undefined && fits(next); next = all[to + 1]) {
    if (!goesWith(next, run(), question)) break;
    to += 1;
  }
  return from === to ? trimmed(run(), maxSentence, (clause) => weigh(clause, question)) : run();
}

/** Whether a sentence belongs to those before it: it goes on about them, or holds what is asked for and they do not. */
function goesWith(next: string, run: string, question: Question): boolean {
  if (leansOn(next) || isShort(run, shortWords) || weigh(next, question) >= 1) return true;
  const { wanted, strong } = question;
  return gives(wanted, next, strong) && !gives(wanted, run, strong);
}

function weigh(sentence: string, { strong, topics: all, wanted }: Question): number {
  const named = topics(sentence);
  const early = topics(sentence.split(/\s+/u).slice(0, 8).join(" "));
  let weight = isInFirstPerson(sentence) ? 0.3 : 0;
  for (const topic of all) if (named.has(topic)) weight += (strong.has(topic) ? 1 : 0.4) + (early.has(topic) ? 0.2 : 0);
  if (gives(wanted, sentence, strong)) weight += 0.8;
  return leansBack(sentence) ? weight - 0.3 : weight;
}
