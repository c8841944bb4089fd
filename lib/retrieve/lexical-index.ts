import { terms } from "./tokenize";

/** BM25's saturation and length constants (Robertson & Zaragoza, 2009), as measured best on long conversations. */
const k1 = 1.2;
const b = 0.4;
/** How far the words of neighbours count as one's own, and with what weight a step: turns are shorter than paragraphs. */
const windowSteps = 4;
const turnDecay = 0.7;
const paragraphDecay = 0.5;
/** Added to the most that a question could score, in unseen terms: one shared word of two is no half an answer. */
const priorTerms = 0.75;

type Posting = { entry: number; count: number };

/** Where each term stands. Spans come first, in reading order; primitives follow and lean on the span they rest on. */
export type LexicalIndex = {
  spanCount: number;
  size: number;
  postings: Map<string, Posting[]>;
  /** first and one past the last span of the document each span is in */
  firstOf: Int32Array;
  endOf: Int32Array;
  /** what a step away from each span leaves of a word */
  decays: Float32Array;
  /** the span each primitive rests on, −1 when it is not stored */
  anchors: Int32Array;
  /** 1 − b + b · length / average length, with neighbours */
  lengthFactors: Float32Array;
};

export type LexicalInput = {
  spans: readonly { documentId: string; text: string; speaker: string | null }[];
  primitives: readonly { text: string; anchor: number }[];
  /** stems that say nothing here: the speakers' names */
  dropped: ReadonlySet<string>;
};

export function createLexicalIndex(input: LexicalInput): { index: LexicalIndex; terms: string[][] } {
  const spanTerms = input.spans.map((span) => terms(span.text, input.dropped));
  const primitiveTerms = input.primitives.map((primitive) => terms(primitive.text, input.dropped));
  const all = [...spanTerms, ...primitiveTerms];
  const index: LexicalIndex = {
    spanCount: spanTerms.length,
    size: all.length,
    postings: toPostings(all),
    ...documentBorders(input.spans),
    decays: Float32Array.from(input.spans, (span) => (span.speaker === null ? paragraphDecay : turnDecay)),
    anchors: Int32Array.from(input.primitives, (primitive) => primitive.anchor),
    lengthFactors: new Float32Array(all.length),
  };
  const lengths = Float32Array.from(all, (own) => own.length);
  const windowed = addNeighbours(index, lengths);
  const average = windowed.reduce((sum, length) => sum + length, 0) / Math.max(1, windowed.length);
  index.lengthFactors = windowed.map((length) => 1 - b + (b * length) / Math.max(1, average));
  return { index, terms: all };
}

/**
 * BM25 of every entry, its neighbours' words counted at 0.7 a step, as a share of the most that the query could score.
 *
 * @param query terms with their weights
 * @returns 0..1 for each span, then each primitive
 */
export function lexicalScores(index: LexicalIndex, query: ReadonlyMap<string, number>): Float32Array {
  const scores = new Float32Array(index.size);
  if (query.size === 0) return scores;
  let best = priorTerms * Math.log(1 + index.size) * (k1 + 1);
  for (const [term, weight] of query) {
    const postings = index.postings.get(term);
    const idf = inverseFrequency(index, postings?.length ?? 0);
    best += weight * idf * (k1 + 1);
    if (postings !== undefined) addTerm(index, postings, weight * idf, scores);
  }
  return scores.map((score) => score / best);
}

function addTerm(index: LexicalIndex, postings: readonly Posting[], gain: number, scores: Float32Array): void {
  const counts = new Float32Array(index.size);
  for (const { entry, count } of postings) counts[entry] = count;
  const windowed = addNeighbours(index, counts, postings);
  for (let entry = 0; entry < index.size; entry += 1) {
    const count = windowed[entry] ?? 0;
    if (count === 0) continue;
    scores[entry] = (scores[entry] ?? 0) + (gain * count * (k1 + 1)) / (count + k1 * (index.lengthFactors[entry] ?? 1));
  }
}

/** Each span's number with its neighbours' added; a primitive takes the place of its span among that span's neighbours. */
function addNeighbours(index: LexicalIndex, own: Float32Array, postings?: readonly Posting[]): Float32Array {
  const sums = Float32Array.from(own);
  const spread = (at: number) => {
    const value = own[at] ?? 0;
    const decay = index.decays[at] ?? 0;
    const first = Math.max(index.firstOf[at] ?? at, at - windowSteps);
    const end = Math.min(index.endOf[at] ?? at, at + windowSteps + 1);
    for (let other = first; other < end; other += 1) {
      if (other !== at) sums[other] = (sums[other] ?? 0) + value * decay ** Math.abs(other - at);
    }
  };
  if (postings === undefined) for (let at = 0; at < index.spanCount; at += 1) spread(at);
  else for (const { entry } of postings) if (entry < index.spanCount) spread(entry);
  for (const [order, anchor] of index.anchors.entries()) {
    if (anchor < 0) continue;
    const at = index.spanCount + order;
    sums[at] = (own[at] ?? 0) + (sums[anchor] ?? 0) - (own[anchor] ?? 0);
  }
  return sums;
}

function inverseFrequency(index: LexicalIndex, documents: number): number {
  if (documents === 0) return Math.log(1 + index.size);
  return Math.log(1 + (index.size - documents + 0.5) / (documents + 0.5));
}

function toPostings(all: readonly string[][]): Map<string, Posting[]> {
  const postings = new Map<string, Posting[]>();
  for (const [entry, own] of all.entries()) {
    const counts = new Map<string, number>();
    for (const term of own) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, count] of counts) {
      const list = postings.get(term);
      if (list === undefined) postings.set(term, [{ entry, count }]);
      else list.push({ entry, count });
    }
  }
  return postings;
}

function documentBorders(spans: LexicalInput["spans"]): { firstOf: Int32Array; endOf: Int32Array } {
  const firstOf = new Int32Array(spans.length);
  const endOf = new Int32Array(spans.length);
  let first = 0;
  for (let at = 1; at <= spans.length; at += 1) {
    if (at < spans.length && spans[at]?.documentId === spans[at - 1]?.documentId) continue;
    firstOf.fill(first, first, at);
    endOf.fill(at, first, at);
    first = at;
  }
  return { firstOf, endOf };
}
