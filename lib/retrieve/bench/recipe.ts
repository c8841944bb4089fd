import { cosines } from "@/lib/models/vector-matrix";
import type { FaceIndex } from "../face-index";
import type { Query } from "../query";
import { yearCloseness } from "../times";

const k1 = 1.2;
const b = 0.4;
const steps = 4;
const decay = 0.7;

/**
 * The recipe that this search started from, as it was measured on a public set of long conversations:
 * `12·bm + 2.5·cs + 6·cw − 0.8·isq + 0.5·min(3, big) + 1.75·when + 4.6·date` over spans alone. Kept as it was, so that
 * every later change is held against it.
 */
export function recipeScores(index: FaceIndex, query: Query, vector: Float32Array | null): Float32Array {
  const count = index.spans.length;
  const scores = windowedBm25(index, query);
  const contexts = vector === null ? null : cosines(index.contexts, vector);
  const sentences = vector === null ? null : nearestSentences(index, vector);
  for (let at = 0; at < count; at += 1) {
    const entry = index.entries[at];
    if (entry === undefined) continue;
    let score = 12 * (scores[at] ?? 0) + 2.5 * (sentences?.[at] ?? 0) + 6 * (contexts?.[at] ?? 0);
    if (entry.isQuestion) score -= 0.8;
    score += 0.5 * Math.min(3, sharedPairs(entry.terms, query.bigrams));
    if (query.asksForTime && entry.namesTime) score += 1.75;
    if (query.years.length > 0) score += 4.6 * yearCloseness(query.years, entry.years);
    scores[at] = score;
  }
  return scores;
}

function nearestSentences(index: FaceIndex, vector: Float32Array): Float32Array {
  const sentences = cosines(index.sentences, vector);
  return Float32Array.from(index.spans, (_span, at) =>
    sentences
      .subarray(index.sentenceStarts[at], index.sentenceStarts[at + 1])
      .reduce((best, value) => Math.max(best, value), 0),
  );
}

/** BM25 over each span with its neighbours' words at 0.7 a step, as a share of the most that the question could score. */
function windowedBm25(index: FaceIndex, query: Query): Float32Array {
  const count = index.spans.length;
  const terms = index.entries.slice(0, count).map((entry) => entry.terms);
  const lengths = spread(
    index,
    Float32Array.from(terms, (own) => own.length),
  );
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, count);
  const scores = new Float32Array(count);
  let most = 0;
  for (const [term, weight] of query.terms) {
    const own = Float32Array.from(terms, (each) => each.filter((one) => one === term).length);
    const holders = own.filter((value) => value > 0).length;
    const idf = holders === 0 ? Math.log(1 + count) : Math.log(1 + (count - holders + 0.5) / (holders + 0.5));
    most += (k1 + 1) * weight * idf;
    for (const [at, value] of spread(index, own).entries()) {
      const norm = k1 * (1 - b + (b * (lengths[at] ?? 0)) / Math.max(1, average));
      scores[at] = (scores[at] ?? 0) + (weight * idf * value * (k1 + 1)) / (value + norm);
    }
  }
  return scores.map((score) => (most === 0 ? 0 : score / most));
}

function spread(index: FaceIndex, own: Float32Array): Float32Array {
  return own.map((_value, at) => {
    let sum = 0;
    for (let other = Math.max(0, at - steps); other <= Math.min(own.length - 1, at + steps); other += 1) {
      if (index.spans[other]?.documentId !== index.spans[at]?.documentId) continue;
      sum += (own[other] ?? 0) * decay ** Math.abs(other - at);
    }
    return sum;
  });
}

function sharedPairs(terms: readonly string[], pairs: ReadonlySet<string>): number {
  const own = new Set(terms.slice(1).map((term, at) => `${terms[at] ?? ""} ${term}`));
  return [...pairs].filter((pair) => own.has(pair)).length;
}
