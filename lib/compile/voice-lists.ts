import { byCodeUnits } from "@/lib/text-order";
import type { Listed } from "./schemas";
import { round, surprise, tally } from "./voice-compare";
import { phrasesOf, type SpokenTurn } from "./voice-words";

/** Words that take back some of what is said. */
export const hedges =
  /\b(?:maybe|perhaps|possibly|probably|presumably|apparently|seemingly|somehow|somewhat|i think|i guess|i suppose|i believe|i fancy|i dare say|i daresay|i imagine|i'd say|i would say|i'm not sure|i am not sure|sort of|kind of|more or less|in a way|it seems|as far as i know|if you like|a bit|a little|rather|might)\b/giu;

/** Words that strengthen what is said. */
export const intensifiers =
  /\b(?:very|really|so(?= (?:much|many|\p{L}{4,}))|too|quite|absolutely|totally|completely|entirely|perfectly|extremely|awfully|terribly|dreadfully|horribly|utterly|simply|literally|seriously|definitely|certainly|incredibly|immensely|excessively|extraordinarily|particularly|super|always|never|of course|at all|by far|such an?)\b/giu;

/** Words that begin or end sentences because English does: alone they are nobody's habit. */
const grammatical =
  /^(?:the|an?|in|on|at|of|to|for|with|by|from|that|this|these|those|it|its|it's|that's|he|him|his|she|her|hers|they|them|we|us|you|your|i|me|my|mine|is|are|was|do|did|there|what|if|when|as)$/u;
const mostListed = 12;
/** A count below this is chance. */
const fewest = 3;
/** The others' words count as if they had said so many more, of English at large: a handful of turns is no usage. */
const referenceWords = 2_000;
const referenceTurns = 20;

/** What is said again and again within turns, beside the others' rate per thousand words. */
export function matchesOf(pattern: RegExp, own: SpokenTurn[], others: SpokenTurn[]): Listed {
  const found = (turns: SpokenTurn[]) =>
    tally(
      turns.flatMap(({ text }) => (text.replaceAll("’", "'").match(pattern) ?? []).map((each) => each.toLowerCase())),
    );
  const [ownWords, otherWords] = [wordCount(own), wordCount(others)];
  const theirs = found(others);
  // what is usual of a hedge nobody knows: without others the list is a count
  const usual = (text: string) => ((theirs.get(text) ?? 0) + 1) / (otherWords + 1_000);
  return listed(found(own), ownWords, theirs, otherWords, otherWords === 0 ? null : usual, 1000)
    .filter(({ count }) => count >= 2)
    .sort((a, b) => b.count - a.count || byCodeUnits(a.text, b.text))
    .slice(0, mostListed);
}

/** Words at the beginnings or ends of turns: the longest run of up to four that is the face's habit. */
export function edgesOf(edge: "start" | "end", own: SpokenTurn[], others: SpokenTurn[]): Listed {
  const at = (turns: SpokenTurn[]) =>
    tally(
      turns.flatMap(({ sentences }) => {
        const words = (edge === "start" ? sentences[0] : sentences.at(-1)) ?? [];
        return [1, 2, 3, 4]
          .filter((size) => size <= words.length && (edge === "start" || size < words.length || sentences.length > 1))
          .map((size) => (edge === "start" ? words.slice(0, size) : words.slice(-size)).join(" "));
      }),
    );
  const theirs = at(others);
  const usual = (text: string) =>
    ((theirs.get(text) ?? 0) + referenceTurns * usualEdge(text)) / (others.length + referenceTurns);
  const all = listed(at(own), own.length, theirs, others.length, usual, 1);
  const isTelling = ({ text }: Listed[number]) => !grammatical.test(text);
  return withoutParts(all.filter((each) => isOwn(each, 1) && isTelling(each))).slice(0, mostListed);
}

/** Phrases of two to five words that the face says more than others do. */
export function favouritePhrases(own: SpokenTurn[], others: SpokenTurn[], isNoise: (word: string) => boolean): Listed {
  const [ownWords, otherWords] = [wordCount(own), wordCount(others)];
  const found: Listed = [];
  for (const size of [2, 3, 4, 5]) {
    const mine = spread(own, (turn) => phrasesOf(turn, size));
    const theirs = tally(others.flatMap((turn) => phrasesOf(turn, size)));
    // how often any one phrase is said: of function words alone much more often than of others
    const usual = (text: string) => {
      const isCommon = text.split(" ").every(isNoise);
      return ((theirs.get(text) ?? 0) + (isCommon ? 4 : 1) / (size - 1)) / (otherWords + referenceWords);
    };
    found.push(...listed(mine, ownWords, theirs, otherWords, usual, 1000));
  }
  // two function words in a row are grammar, not a phrase, unless they stand out a lot
  const isPhrase = (text: string, z: number) =>
    z >= 3.5 || text.split(" ").length > 2 || !text.split(" ").every(isNoise);
  const telling = found.filter((each) => isOwn(each, 2.5) && isPhrase(each.text, each.z));
  return withoutParts(telling).slice(0, mostListed);
}

/**
 * Words that the face says more than others do and more than English at large does.
 *
 * @param frequency of a word in English at large (voice-reference.ts)
 */
export function favouriteWords(
  own: SpokenTurn[],
  others: SpokenTurn[],
  isNoise: (word: string) => boolean,
  frequency: (word: string) => number,
): Listed {
  const [ownWords, otherWords] = [wordCount(own), wordCount(others)];
  const theirs = tally(others.flatMap(({ words }) => words));
  const usual = (word: string) =>
    ((theirs.get(word) ?? 0) + referenceWords * frequency(word)) / (otherWords + referenceWords);
  const mine = spread(own, ({ words }) => words.filter((word) => word.length > 2 && !isNoise(word)));
  return listed(mine, ownWords, theirs, otherWords, usual, 1000)
    .filter((each) => isOwn(each, 2.5))
    .slice(0, mostListed);
}

/** Said often enough to be no chance, and clearly more than the others say it. */
function isOwn({ count, z, rate, others }: Listed[number], least: number): boolean {
  return count >= fewest && z >= least && rate >= 1.5 * (others ?? 0);
}

/** Single first words are common (I, no, yes), longer beginnings are not. */
function usualEdge(text: string): number {
  return [0.04, 0.015, 0.005, 0.002][text.split(" ").length - 1] ?? 0.002;
}

/** Only what is said in three turns and in more than one part of the talks: not the subject of one scene. */
function spread(turns: SpokenTurn[], take: (turn: SpokenTurn) => string[]): Map<string, number> {
  const counts = new Map<string, number>();
  const places = new Map<string, Set<number>>();
  const parts = new Map<string, Set<number>>();
  for (const [index, turn] of turns.entries()) {
    for (const text of take(turn)) {
      counts.set(text, (counts.get(text) ?? 0) + 1);
      places.set(text, (places.get(text) ?? new Set()).add(index));
      parts.set(text, (parts.get(text) ?? new Set()).add(Math.floor((index * 6) / turns.length)));
    }
  }
  const isSpread = (text: string) => (places.get(text)?.size ?? 0) >= fewest && (parts.get(text)?.size ?? 0) >= 3;
  return new Map([...counts].filter(([text]) => isSpread(text)));
}

function listed(
  own: Map<string, number>,
  ownTotal: number,
  others: Map<string, number>,
  otherTotal: number,
  usual: ((text: string) => number) | null,
  scale: number,
): Listed {
  return [...own]
    .map(([text, count]) => ({
      text,
      count,
      rate: round((scale * count) / Math.max(1, ownTotal)),
      others: otherTotal === 0 ? null : round((scale * (others.get(text) ?? 0)) / otherTotal),
      z: usual === null ? 0 : round(surprise(count, usual(text) * ownTotal)),
    }))
    .sort((a, b) => b.z - a.z || b.count - a.count || byCodeUnits(a.text, b.text));
}

/** "my dear" goes where "my dear fellow" is nearly all of it, and "dear fellow" where "my dear" says more. */
function withoutParts(all: Listed): Listed {
  const holds = (longer: string, part: string) => longer !== part && ` ${longer} `.includes(` ${part} `);
  const isTold = ({ text, count, z }: Listed[number]) =>
    all.some((other) => holds(other.text, text) && other.count >= 0.7 * count) ||
    all.some((other) => holds(text, other.text) && count < 0.7 * other.count && other.z >= z);
  return all.filter((each) => !isTold(each));
}

export function wordCount(turns: SpokenTurn[]): number {
  return turns.reduce((sum, { words }) => sum + words.length, 0);
}
