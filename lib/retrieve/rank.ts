import type { FaceIndex } from "./face-index";
import type { Query } from "./query";
import type { RetrievedItem } from "./schemas";
import { bestAnchor, type Scores } from "./score";
import { chanceScore } from "./strength";
import { bigrams } from "./tokenize";
import { toPrimitiveItem, toSpanItem, withStatement, withTensions } from "./retrieved-item";

export type RankOptions = {
  /** at most this many items */
  k: number;
  /** at most this many tokens in all of them; the best one goes in whatever it takes */
  tokenBudget: number;
  /** hands out the weak ones too and never abstains: for judging the order alone */
  keepsWeak?: boolean;
};

export type Ranking = { items: RetrievedItem[]; isAbstaining: boolean; tokens: number };

/**
 * How sure it is that the face has said something about the question: negative is too little, and then it is better to
 * say so than to make something up of what is there.
 *
 * What could match by chance grows with a face. In a small one the nearest meaning decides; in a large one, where
 * something near is always found, the question's own words count as well. The lines are drawn so that on the tuning half of
 * `npm run bench:retrieve` .86 of the answerable questions are kept; a fifth of the foreign ones comes through, which a
 * persona can pass over, while evidence withheld is lost.
 *
 * @param best the highest score
 * @param size how many spans and primitives were compared
 */
export function certainty(
  best: number,
  { words, isByWordsAlone }: Pick<Scores, "words" | "isByWordsAlone">,
  size: number,
): number {
  if (isByWordsAlone) return best - 2.5 - 0.3 * Math.log(Math.max(1, size) / 200);
  const largeness = Math.min(1, Math.max(0, Math.log(size / smallFace) / Math.log(largeFace / smallFace)));
  return best + largeness * words - chanceScore(size) - 2.6 * largeness;
}

const smallFace = 250;
const largeFace = 800;

/** What is far from the best evidence, or hardly reaches what chance gives, would only distract. */
const floorOfBest = 0.5;
const floorOfChance = 0.75;
const saidShare = 0.6;
const duplicateShare = 0.75;

/**
 * Orders what was scored: the best evidence first, each thing once, within the budget.
 *
 * @returns nothing but `isAbstaining` when even the best is too weak
 */
export function rank(index: FaceIndex, query: Query, scores: Scores, options: RankOptions): Ranking {
  const { keepsWeak = false } = options;
  const size = index.entries.length;
  const isSure = (best: number) => keepsWeak || scores.isKindFound || certainty(best, scores, size) >= 0;
  const best = bestScores(index, scores.values);
  // a draft is only used when nothing surer answers
  const usesDrafts = !isSure(best.firm);
  const top = usesDrafts ? best.any : best.firm;
  if (top === -Infinity || !isSure(top)) return { items: [], isAbstaining: true, tokens: 0 };
  const floor = keepsWeak
    ? -Infinity
    : Math.min(top, Math.max(top * floorOfBest, scores.isByWordsAlone ? 0 : chanceScore(size) * floorOfChance));
  const strong = candidates(index, scores.values, floor, usesDrafts).filter(
    ({ at }) => !isSaid(index, query, at) && !isEcho(index, query, at),
  );
  const picked = pick(index, ordered(strong), scores.values, options);
  return { items: picked, isAbstaining: false, tokens: picked.reduce((sum, item) => sum + item.tokens, 0) };
}

type Scored = { at: number; score: number };

/** The highest score of what is no draft, and of all. */
function bestScores(index: FaceIndex, scores: Float32Array): { firm: number; any: number } {
  let firm = -Infinity;
  let any = -Infinity;
  for (let at = 0; at < index.entries.length; at += 1) {
    const score = scores[at] ?? 0;
    if (score <= firm || index.entries[at]?.isUsable !== true) continue;
    any = Math.max(any, score);
    if (!isDraft(index, at)) firm = score;
  }
  return { firm, any };
}

/** What reaches the floor, which nine of ten do not. */
function candidates(index: FaceIndex, scores: Float32Array, floor: number, usesDrafts: boolean): Scored[] {
  const found: Scored[] = [];
  for (let at = 0; at < index.entries.length; at += 1) {
    const score = scores[at] ?? 0;
    if (score < floor || index.entries[at]?.isUsable !== true) continue;
    if (usesDrafts || !isDraft(index, at)) found.push({ at, score });
  }
  return found;
}

function ordered(candidates: Scored[]): Scored[] {
  return candidates.sort((a, b) => b.score - a.score || a.at - b.at);
}

function pick(
  index: FaceIndex,
  candidates: readonly Scored[],
  scores: Float32Array,
  options: RankOptions,
): RetrievedItem[] {
  const items: RetrievedItem[] = [];
  const taken = new Map<number, number>();
  const kept: Scored[] = [];
  let tokens = 0;
  for (const candidate of candidates) {
    if (items.length >= options.k) break;
    const span = spanOf(index, candidate.at, scores);
    const holder = span === undefined ? undefined : taken.get(span);
    if (holder !== undefined) {
      const item = items[holder];
      if (item !== undefined) items[holder] = withStatement(index, item, candidate.at);
      continue;
    }
    if (kept.some((other) => isDuplicate(index, other.at, candidate.at))) continue;
    const entry = index.entries[candidate.at];
    if (entry === undefined) continue;
    const item = toItem(index, candidate, span);
    if (items.length > 0 && tokens + item.tokens > options.tokenBudget) continue;
    if (span !== undefined) taken.set(span, items.length);
    tokens += item.tokens;
    items.push(item);
    kept.push(candidate);
  }
  return items;
}

/** A candidate as it is handed out, with the other side of what is stated in it. */
function toItem(index: FaceIndex, candidate: Scored, span: number | undefined): RetrievedItem {
  const entry = index.entries[candidate.at];
  if (entry?.kind === "primitive") return withTensions(index, toPrimitiveItem(index, candidate, span), [entry.at]);
  return withTensions(index, toSpanItem(index, candidate), index.restingOn[candidate.at] ?? []);
}

/** The span in which an entry stands: itself, or of those its quotes are in the one that answers best. */
function spanOf(index: FaceIndex, at: number, scores: Float32Array): number | undefined {
  const entry = index.entries[at];
  return entry?.kind === "primitive" ? bestAnchor(index, entry.at, scores) : entry?.at;
}

function isDraft(index: FaceIndex, at: number): boolean {
  const entry = index.entries[at];
  return entry?.kind === "primitive" && index.primitives[entry.at]?.state === "draft";
}

/** A question of an interview that is only asked again: what stands behind it answers. */
function isEcho(index: FaceIndex, query: Query, at: number): boolean {
  const entry = index.entries[at];
  return entry?.isQuestion === true && entry.terms.every((term) => query.terms.has(term));
}

/**
 * Said before by the face in this conversation: most of its pairs of words stand in an earlier answer. It need not be
 * given again; yet it is no reason to say "I don't know".
 */
function isSaid(index: FaceIndex, query: Query, at: number): boolean {
  if (query.said.size === 0) return false;
  const pairs = bigrams(index.entries[at]?.terms ?? []);
  if (pairs.length < 2) return false;
  return pairs.filter((pair) => query.said.has(pair)).length >= saidShare * pairs.length;
}

/** Two entries that say nearly the same in nearly the same words, and do not deny one another. */
function isDuplicate(index: FaceIndex, a: number, b: number): boolean {
  const one = new Set(index.entries[a]?.terms);
  const other = new Set(index.entries[b]?.terms);
  if (Math.min(one.size, other.size) < 3) return false;
  const shared = [...one].filter((term) => other.has(term)).length;
  if (shared / (one.size + other.size - shared) < duplicateShare) return false;
  return isDenied(index, a) === isDenied(index, b);
}

const denial = /\b(?:not|never|no|nor|neither|cannot|without|hardly|scarcely)\b|n['’]t\b/gi;

function isDenied(index: FaceIndex, at: number): boolean {
  return ((index.entries[at]?.text.match(denial) ?? []).length & 1) === 1;
}
