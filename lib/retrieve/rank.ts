import type { FaceIndex } from "./face-index";
import { spansAt } from "./face-index";
import type { Query } from "./query";
import type { RetrievedItem } from "./schemas";
import { bigrams } from "./tokenize";
import { toPrimitiveItem, toSpanItem, withStatement } from "./retrieved-item";

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
 * The best score below which the face has most likely never said anything about the question. It grows with the
 * number of things that could match by chance. On `npm run bench:retrieve` it keeps nine in ten answerable questions
 * and lets through one to four foreign ones in ten: evidence withheld is lost, while a persona can pass over what does
 * not fit.
 *
 * @param size how many spans and primitives were compared
 */
export function abstainBelow(size: number): number {
  return Math.max(2.8, 5.2 + 0.5 * Math.log(Math.max(1, size) / 1000));
}

/** What is far from the best evidence, or hardly reaches what chance gives, would only distract. */
const floorOfBest = 0.5;
const floorOfThreshold = 0.8;
const saidPenalty = 4;
const saidShare = 0.6;
const duplicateShare = 0.75;

/**
 * Orders what was scored: the best evidence first, each thing once, within the budget.
 *
 * @returns nothing but `isAbstaining` when even the best is too weak
 */
export function rank(index: FaceIndex, query: Query, scores: Float32Array, options: RankOptions): Ranking {
  const threshold = options.keepsWeak ? -Infinity : abstainBelow(index.entries.length);
  const candidates = usable(index, scores);
  const firm = candidates.filter(({ at }) => !isDraft(index, at));
  const chosen = bestOf(firm) >= threshold ? firm : candidates;
  const best = bestOf(chosen);
  if (best < threshold || chosen.length === 0) return { items: [], isAbstaining: true, tokens: 0 };
  const floor = options.keepsWeak ? -Infinity : Math.max(best * floorOfBest, threshold * floorOfThreshold);
  // the floor comes before the sort: nine of ten fall to it
  const picked = pick(index, ordered(saidLast(index, query, chosen, floor)), options);
  return { items: picked, isAbstaining: false, tokens: picked.reduce((sum, item) => sum + item.tokens, 0) };
}

type Scored = { at: number; score: number };

function usable(index: FaceIndex, scores: Float32Array): Scored[] {
  const found: Scored[] = [];
  for (const [at, entry] of index.entries.entries()) if (entry.isUsable) found.push({ at, score: scores[at] ?? 0 });
  return found;
}

function bestOf(candidates: readonly Scored[]): number {
  return candidates.reduce((best, { score }) => Math.max(best, score), -Infinity);
}

function ordered(candidates: Scored[]): Scored[] {
  return candidates.sort((a, b) => b.score - a.score || a.at - b.at);
}

/** What stands in the conversation already gives way to what does not; it is still no reason to say "I don't know". */
function saidLast(index: FaceIndex, query: Query, candidates: readonly Scored[], floor: number): Scored[] {
  const strong = candidates.filter(({ score }) => score >= floor);
  if (query.said.size === 0) return strong;
  return strong
    .map(({ at, score }) => ({ at, score: score - (isSaid(index, query, at) ? saidPenalty : 0) }))
    .filter(({ score }) => score >= floor);
}

function pick(index: FaceIndex, candidates: readonly Scored[], options: RankOptions): RetrievedItem[] {
  const items: RetrievedItem[] = [];
  const taken = new Map<number, number>();
  const kept: Scored[] = [];
  let tokens = 0;
  for (const candidate of candidates) {
    if (items.length >= options.k) break;
    const spans = spansOf(index, candidate.at);
    const holder = spans.map((span) => taken.get(span)).find((position) => position !== undefined);
    if (holder !== undefined) {
      const item = items[holder];
      if (item !== undefined) items[holder] = withStatement(index, item, candidate.at);
      continue;
    }
    if (kept.some((other) => isDuplicate(index, other.at, candidate.at))) continue;
    const entry = index.entries[candidate.at];
    if (entry === undefined) continue;
    const item = entry.kind === "span" ? toSpanItem(index, candidate) : toPrimitiveItem(index, candidate);
    if (items.length > 0 && tokens + item.tokens > options.tokenBudget) continue;
    for (const span of spans) taken.set(span, items.length);
    tokens += item.tokens;
    items.push(item);
    kept.push(candidate);
  }
  return items;
}

/** The spans in which an entry stands: itself, or those its quotes are in. */
function spansOf(index: FaceIndex, at: number): number[] {
  const entry = index.entries[at];
  if (entry === undefined) return [];
  if (entry.kind === "span") return [entry.at];
  return (index.primitives[entry.at]?.quotes ?? []).flatMap((quote) => spansAt(index.spans, quote));
}

function isDraft(index: FaceIndex, at: number): boolean {
  const entry = index.entries[at];
  return entry?.kind === "primitive" && index.primitives[entry.at]?.state === "draft";
}

/** Said before by the face in this conversation: most of its pairs of words stand in an earlier answer. */
function isSaid(index: FaceIndex, query: Query, at: number): boolean {
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
