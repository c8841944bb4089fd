import type { FaceIndex } from "../face-index";
import type { Query } from "../query";

const k1 = 1.2;
const b = 0.75;

/** Textbook BM25 over single spans, the last turn's words only: what everything else must beat. */
export function plainBm25(index: FaceIndex, query: Query): Float32Array {
  const count = index.spans.length;
  const lengths = index.entries.slice(0, count).map((entry) => entry.terms.length);
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, count);
  const scores = new Float32Array(count);
  for (const [term, weight] of query.terms) {
    if (weight < 1) continue;
    const postings = index.lexical.postings.get(term) ?? [];
    const idf = Math.log(1 + (count - postings.length + 0.5) / (postings.length + 0.5));
    for (const posting of postings) {
      const norm = k1 * (1 - b + (b * (lengths[posting.entry] ?? 0)) / average);
      scores[posting.entry] = (scores[posting.entry] ?? 0) + (idf * posting.count * (k1 + 1)) / (posting.count + norm);
    }
  }
  return scores;
}
