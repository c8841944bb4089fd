import { centredCosines } from "@/lib/models/vector-matrix";
import { centredQuery } from "./centre";
import type { FaceIndex } from "./face-index";
import { lexicalScores } from "./lexical-index";
import type { Query } from "./query";
import { chanceScore, strength } from "./strength";
import { yearCloseness } from "./times";
import { type Weights, weights } from "./weights";

const maxPairs = 3;
/** What all of a question's words are worth when it is asked whether anything answers it. */
const wordsScale = 12;
/** By how much a statement must match better than the words it rests on to be handed out in their place. */
export const statementMargin = 1;

/** How well everything answers a query: spans first, then primitives. */
export type Scores = {
  values: Float32Array;
  /** the largest share of the question's words that stand together anywhere, on the scale of `values` */
  words: number;
  /** the question asks for a kind of statement, and the face has some */
  isKindFound: boolean;
  /** there was no vector to compare meanings by: scores are lower then */
  isByWordsAlone: boolean;
};

/**
 * How well each span, then each primitive, answers the query: one weighted sum of words, meaning and small signs.
 *
 * A primitive counts as the best of the spans it rests on, with its own wording where that is nearer to the question.
 *
 * @param vector the query's unit vector, or null to go by words alone
 * @returns scores on one scale; nothing shared with the question is near 0
 */
export function score(index: FaceIndex, query: Query, vector: Float32Array | null, w = weights): Scores {
  const seen = vector === null ? null : centredQuery(vector);
  const cues: Cues = {
    words: lexicalScores(index.lexical, query.terms),
    pairs: sharedPairs(index, query),
    sentences: seen && bestSentences(index, seen),
    contexts: seen && centredCosines(index.contexts, seen),
    statements: seen && centredCosines(index.statements, seen),
  };
  const values = new Float32Array(index.entries.length);
  scoreSpans(index, query, cues, w, values);
  scorePrimitives(index, query, cues, w, values);
  const isKindFound = raiseKind(index, query, cues.statements, values);
  return { values, words: mostWords(index, cues.words), isKindFound, isByWordsAlone: seen === null };
}

/** What the question has in common with each entry, sentence and statement; no meanings without a vector. */
type Cues = {
  words: Float32Array;
  pairs: Map<number, number>;
  sentences: Float32Array | null;
  contexts: Float32Array | null;
  statements: Float32Array | null;
};

function scoreSpans(index: FaceIndex, query: Query, cues: Cues, w: typeof weights, scores: Float32Array): void {
  const { words, pairs, sentences, contexts } = cues;
  for (let at = 0; at < index.spans.length; at += 1) {
    const span = index.spans[at];
    if (span === undefined) continue;
    const own = span.speaker === null ? w.paragraph : w.turn;
    scores[at] =
      own.words * (words[at] ?? 0) +
      own.sentence * (sentences?.[at] ?? 0) +
      own.context * (contexts?.[at] ?? 0) +
      (own.asked !== 0 && isAnswer(index, at) ? own.asked * (sentences?.[at - 1] ?? 0) : 0) +
      (span.isFace ? 0 : own.foreign) +
      own.pair * Math.min(maxPairs, pairs.get(at) ?? 0) +
      own.statement * (index.stated[at] ?? 0) +
      signs(index, query, at, own);
  }
}

/** @param scores of the spans, already; those of the primitives are added */
function scorePrimitives(index: FaceIndex, query: Query, cues: Cues, w: typeof weights, scores: Float32Array): void {
  const { words, sentences, statements } = cues;
  for (let order = 0; order < index.primitives.length; order += 1) {
    const at = index.spans.length + order;
    const anchor = bestAnchor(index, order, scores);
    const own = anchor === undefined || index.spans[anchor]?.speaker === null ? w.paragraph : w.turn;
    const meaning = statements?.[order] ?? 0;
    if (anchor === undefined) {
      const alone = own.words * (words[at] ?? 0) + (own.sentence + own.context) * meaning;
      scores[at] = alone + signs(index, query, at, own) + own.statement;
    } else {
      const nearer = Math.max(0, meaning - (sentences?.[anchor] ?? 0));
      const wordier = Math.max(0, (words[at] ?? 0) - (words[anchor] ?? 0));
      scores[at] = (scores[anchor] ?? 0) + own.sentence * nearer + own.words * wordier - statementMargin;
    }
  }
}

/** What a statement of the kind that was asked for has over chance, beside its strength; and what its nearness adds. */
const kindMargin = -0.5;
const kindNearness = 2;

/** "What matters most to you?" has no words of a topic: the strongest statements of that kind answer it. */
function raiseKind(
  index: FaceIndex,
  { asksForKind }: Query,
  statements: Float32Array | null,
  scores: Float32Array,
): boolean {
  if (asksForKind === null) return false;
  let isFound = false;
  const base = chanceScore(index.entries.length) + kindMargin;
  for (const [order, primitive] of index.primitives.entries()) {
    const { predicate, polarity, state } = primitive;
    if (state !== "active" || !asksForKind.predicates.has(predicate)) continue;
    if (asksForKind.polarity !== null && asksForKind.polarity !== polarity) continue;
    const at = index.spans.length + order;
    const raised = base + strength(primitive) + kindNearness * (statements?.[order] ?? 0);
    scores[at] = Math.max(scores[at] ?? 0, raised);
    isFound = true;
  }
  return isFound;
}

function mostWords(index: FaceIndex, words: Float32Array): number {
  let most = 0;
  for (let at = 0; at < words.length; at += 1) {
    const share = words[at] ?? 0;
    if (share > most && index.entries[at]?.isUsable === true) most = share;
  }
  return wordsScale * most;
}

/** Of the spans that a primitive rests on, the one that answers best. */
export function bestAnchor(index: FaceIndex, order: number, scores: Float32Array): number | undefined {
  let best: number | undefined;
  for (const anchor of index.anchors[order] ?? [])
    if (best === undefined || (scores[anchor] ?? 0) > (scores[best] ?? 0)) best = anchor;
  return best;
}

/** Of each span, the centred cosine of its nearest sentence. */
export function bestSentences(index: FaceIndex, query: Float32Array): Float32Array {
  const sentences = centredCosines(index.sentences, query);
  const best = new Float32Array(index.spans.length);
  for (let span = 0; span < index.spans.length; span += 1) {
    const start = index.sentenceStarts[span] ?? 0;
    const end = index.sentenceStarts[span + 1] ?? 0;
    let highest = end > start ? -1 : 0;
    for (let at = start; at < end; at += 1) highest = Math.max(highest, sentences[at] ?? 0);
    best[span] = highest;
  }
  return best;
}

/** Whether a span is a turn behind another person's, or stands behind a question in a text, as in an interview. */
function isAnswer(index: FaceIndex, at: number): boolean {
  const span = index.spans[at];
  const before = index.spans[at - 1];
  if (span === undefined || before === undefined || before.documentId !== span.documentId) return false;
  if (span.speaker !== null) return before.speaker !== span.speaker;
  return index.entries[at - 1]?.isQuestion === true && index.entries[at]?.isQuestion === false;
}

function signs(index: FaceIndex, query: Query, at: number, w: Weights): number {
  const entry = index.entries[at];
  if (entry === undefined) return 0;
  let sum = w.length * Math.log2(1 + entry.terms.length);
  if (entry.isQuestion) sum += w.question;
  if (query.asksForTime && entry.namesTime) sum += w.when;
  if (query.years.length > 0) sum += w.year * yearCloseness(query.years, entry.years);
  return sum;
}

/** How many pairs of neighbouring terms each entry shares with the question; those that share none are left out. */
function sharedPairs(index: FaceIndex, query: Query): Map<number, number> {
  const shared = new Map<number, number>();
  for (const pair of query.bigrams) {
    const [first = "", second = ""] = pair.split(" ");
    const [one = [], other = []] = [index.lexical.postings.get(first), index.lexical.postings.get(second)];
    // the rarer of the two has fewer places to look at
    for (const { entry } of one.length <= other.length ? one : other) {
      const own = index.entries[entry]?.terms ?? [];
      for (let at = own.indexOf(first); at >= 0; at = own.indexOf(first, at + 1)) {
        if (own[at + 1] !== second) continue;
        shared.set(entry, (shared.get(entry) ?? 0) + 1);
        break;
      }
    }
  }
  return shared;
}
