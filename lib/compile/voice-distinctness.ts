import { isStopWord } from "@/lib/retrieve/stop-words";
import { round } from "./voice-compare";
import { spoken } from "./voice-words";

/** How well the face can be told from others by its manner alone. */
export type VoiceDistinctness = {
  /**
   * Of all pairs of a turn of the face and one of somebody else: how often the manner measured on other turns tells
   * which is the face's. 0.5 is a guess, 1 is always.
   */
  value: number;
  /** 95 % interval */
  low: number;
  high: number;
  /** turns of the face, and of the others */
  n: number;
  others: number;
};

/** Fewer turns on either side tell nothing. */
const fewestTurns = 20;
const folds = 5;
/** Both models begin as this many traits of everybody's, so that a trait seen once or never decides nothing. */
const prior = 500;

/**
 * Measures how distinct a voice is: the area under the ROC curve of a likelihood ratio between two multinomial models
 * of manner, one of the face's turns and one of the others', each turn scored by models that never saw its fifth of
 * the turns.
 *
 * Only manner counts: function words, punctuation, capitals, contractions, length. What is spoken of does not, or any
 * two people with different jobs would be distinct.
 *
 * @param turns what the face said
 * @param others what the other speakers of the same threads said
 * @returns null when either side has fewer than 20 turns
 */
export function voiceDistinctness(turns: string[], others: string[]): VoiceDistinctness | null {
  if (turns.length < fewestTurns || others.length < fewestTurns) return null;
  const own = turns.map(traits);
  const foreign = others.map(traits);
  const scores = { own: [] as number[], foreign: [] as number[] };
  for (let fold = 0; fold < folds; fold += 1) {
    const score = likelihoodRatio(outside(own, fold), outside(foreign, fold));
    scores.own.push(...inside(own, fold).map(score));
    scores.foreign.push(...inside(foreign, fold).map(score));
  }
  const value = areaUnderCurve(scores.own, scores.foreign);
  const error = areaError(value, turns.length, others.length);
  return {
    value: round(value),
    low: round(Math.max(0, value - 1.96 * error)),
    high: round(Math.min(1, value + 1.96 * error)),
    n: turns.length,
    others: others.length,
  };
}

/** What a turn shows of a manner, each trait as often as it occurs. */
function traits(text: string): string[] {
  const { words, sentences } = spoken(text);
  const marks = text.match(/\.\s?\.\s?\.|…|--|[,;:!?.()"“”—–]|\p{Extended_Pictographic}/gu) ?? [];
  return [
    ...words.filter((word) => word.includes("'") || isStopWord(word)),
    ...marks.map((mark) => `mark ${mark}`),
    ...sentences.map(({ length }) => `sentence ${bucket(length)}`),
    `turn ${bucket(words.length)}`,
    `first ${words.find((word) => isStopWord(word)) === words[0] ? (words[0] ?? "") : "another word"}`,
    `begins ${/^\s*\p{Ll}/u.test(text) ? "small" : "large"}`,
    `ends ${/[\p{L}\p{N}]\s*$/u.test(text) ? "open" : "closed"}`,
    ...(text.match(/\b\p{Lu}{2,}\b/gu) ?? []).map(() => "capitals"),
  ];
}

const bucket = (length: number): number => Math.floor(Math.log2(Math.max(1, length)));
const inside = <T>(all: T[], fold: number): T[] => all.filter((_each, at) => foldOf(at, all.length) === fold);
const outside = <T>(all: T[], fold: number): T[] => all.filter((_each, at) => foldOf(at, all.length) !== fold);
/** Neighbours share a fold: a turn is not told by the answer to it. */
const foldOf = (at: number, length: number): number => Math.floor((at * folds) / length);

/** The mean log likelihood ratio per trait, so that long turns weigh no more than short ones. */
function likelihoodRatio(own: string[][], foreign: string[][]): (turn: string[]) => number {
  const [a, b] = [own.flat(), foreign.flat()];
  const [inOwn, inForeign] = [counts(a), counts(b)];
  const usual = (trait: string) =>
    ((inOwn.get(trait) ?? 0) + (inForeign.get(trait) ?? 0) + 0.5) / (a.length + b.length);
  const chance = (map: Map<string, number>, total: number, trait: string) =>
    ((map.get(trait) ?? 0) + prior * usual(trait)) / (total + prior);
  return (turn) =>
    turn.reduce(
      (sum, trait) => sum + Math.log(chance(inOwn, a.length, trait) / chance(inForeign, b.length, trait)),
      0,
    ) / Math.max(1, turn.length);
}

function counts(all: string[]): Map<string, number> {
  const map = new Map<string, number>();
  for (const each of all) map.set(each, (map.get(each) ?? 0) + 1);
  return map;
}

/** Share of pairs in which the first is higher; a tie is half (Mann–Whitney). */
function areaUnderCurve(own: number[], foreign: number[]): number {
  const all = [...own.map((score) => ({ score, isOwn: true })), ...foreign.map((score) => ({ score, isOwn: false }))];
  all.sort((a, b) => a.score - b.score);
  let ranks = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]?.score === all[from]?.score) to += 1;
    ranks += all.slice(from, to).filter(({ isOwn }) => isOwn).length * ((from + 1 + to) / 2);
    from = to;
  }
  return (ranks - (own.length * (own.length + 1)) / 2) / (own.length * foreign.length);
}

/** Standard error of the area (Hanley and McNeil 1982). */
function areaError(area: number, own: number, foreign: number): number {
  const q1 = area / (2 - area);
  const q2 = (2 * area * area) / (1 + area);
  const square = area * area;
  return Math.sqrt((area * (1 - area) + (own - 1) * (q1 - square) + (foreign - 1) * (q2 - square)) / (own * foreign));
}
