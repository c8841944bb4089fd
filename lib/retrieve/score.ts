import type { FaceIndex } from "./face-index";
import { lexicalScores } from "./lexical-index";
import type { Query } from "./query";
import { yearCloseness } from "./times";
import { cosines } from "@/lib/models/vector-matrix";

export type Weights = Readonly<
  Record<"words" | "sentence" | "context" | "question" | "pair" | "when" | "year", number>
>;

/**
 * How much each cue counts, on absolute scales. Chosen on half of the questions of `npm run bench:retrieve`, and near
 * what a set of long two-person conversations had given.
 */
export const weights: Weights = {
  words: 12,
  sentence: 5,
  context: 6,
  question: -0.8,
  pair: 0.5,
  when: 1.75,
  year: 4.6,
};
const maxPairs = 3;

/**
 * How well each span, then each primitive, answers the query: one weighted sum of words, meaning and small signs.
 *
 * @param vector the query's unit vector, or null to go by words alone
 * @returns scores on one scale; nothing shared with the question is near 0
 */
export function score(index: FaceIndex, query: Query, vector: Float32Array | null, w: Weights = weights): Float32Array {
  const scores = lexicalScores(index.lexical, query.terms).map((value) => w.words * value);
  if (vector !== null) addMeaning(index, vector, w, scores);
  addPairs(index, query, w, scores);
  for (const [at, entry] of index.entries.entries()) {
    let signs = entry.isQuestion ? w.question : 0;
    if (query.asksForTime && entry.namesTime) signs += w.when;
    if (query.years.length > 0) signs += w.year * yearCloseness(query.years, entry.years);
    scores[at] = (scores[at] ?? 0) + signs;
  }
  return scores;
}

function addMeaning(index: FaceIndex, vector: Float32Array, w: Weights, scores: Float32Array): void {
  const contexts = cosines(index.contexts, vector);
  const statements = cosines(index.statements, vector);
  const best = bestSentences(index, vector);
  for (let span = 0; span < index.spans.length; span += 1)
    scores[span] = (scores[span] ?? 0) + w.sentence * (best[span] ?? 0) + w.context * (contexts[span] ?? 0);
  for (let order = 0; order < index.primitives.length; order += 1) {
    const at = index.spans.length + order;
    const anchor = index.lexical.anchors[order] ?? -1;
    const own = statements[order] ?? 0;
    const around = anchor < 0 ? own : (contexts[anchor] ?? 0);
    scores[at] = (scores[at] ?? 0) + w.sentence * Math.max(own, best[anchor] ?? 0) + w.context * around;
  }
}

/** Of each span, the cosine of its nearest sentence. */
export function bestSentences(index: FaceIndex, vector: Float32Array): Float32Array {
  const sentences = cosines(index.sentences, vector);
  const best = new Float32Array(index.spans.length);
  for (let span = 0; span < index.spans.length; span += 1) {
    const end = index.sentenceStarts[span + 1] ?? 0;
    let highest = 0;
    for (let at = index.sentenceStarts[span] ?? 0; at < end; at += 1) highest = Math.max(highest, sentences[at] ?? 0);
    best[span] = highest;
  }
  return best;
}

/** Entries in which neighbouring terms of the question stand side by side too. */
function addPairs(index: FaceIndex, query: Query, w: Weights, scores: Float32Array): void {
  const shared = new Map<number, number>();
  for (const pair of query.bigrams) {
    const [first = "", second = ""] = pair.split(" ");
    for (const { entry } of index.lexical.postings.get(first) ?? []) {
      const own = index.entries[entry]?.terms ?? [];
      if (own.some((term, at) => term === first && own[at + 1] === second))
        shared.set(entry, (shared.get(entry) ?? 0) + 1);
    }
  }
  for (const [entry, count] of shared) scores[entry] = (scores[entry] ?? 0) + w.pair * Math.min(maxPairs, count);
}
