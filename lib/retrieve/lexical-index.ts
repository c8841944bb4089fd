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
  /** the primitives that lean on each span */
  leaning: readonly (readonly number[])[];
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
    leaning: leaningOn(spanTerms.length, input.primitives),
    lengthFactors: new Float32Array(all.length),
  };
  const windowed = new Float32Array(all.length);
  const lengths = all.map((own, entry) => ({ entry, count: own.length }));
  eachCount(index, lengths, newScratch(all.length), (entry, length) => (windowed[entry] = length));
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
  const scratch = newScratch(index.size);
  for (const [term, weight] of query) {
    const postings = index.postings.get(term);
    const gain = weight * inverseFrequency(index, postings?.length ?? 0) * (k1 + 1);
    best += gain;
    eachCount(index, postings ?? [], scratch, (entry, count) => {
      const saturated = count / (count + k1 * (index.lengthFactors[entry] ?? 1));
      scores[entry] = (scores[entry] ?? 0) + gain * saturated;
    });
  }
  for (let entry = 0; entry < scores.length; entry += 1) scores[entry] = (scores[entry] ?? 0) / best;
  return scores;
}

/** Room to add up counts in: all zero between two uses. */
type Scratch = { sums: Float32Array; own: Float32Array; touched: Int32Array };

function newScratch(size: number): Scratch {
  return { sums: new Float32Array(size), own: new Float32Array(size), touched: new Int32Array(size) };
}

/**
 * Visits what holds a term, or has a neighbour that does: each span's count with its neighbours' added; a primitive
 * takes the place of its span among that span's neighbours.
 */
function eachCount(
  index: LexicalIndex,
  postings: readonly Posting[],
  { sums, own, touched }: Scratch,
  visit: (entry: number, count: number) => void,
): void {
  let size = 0;
  const add = (entry: number, value: number) => {
    if (value <= 0) return;
    if (sums[entry] === 0) touched[size++] = entry;
    sums[entry] = (sums[entry] ?? 0) + value;
  };
  for (const { entry, count } of postings) {
    own[entry] = count;
    if (entry < index.spanCount) spread(index, entry, count, add);
    else add(entry, count);
  }
  const spans = size;
  for (let place = 0; place < spans; place += 1) {
    const span = touched[place] ?? 0;
    const leaning = index.leaning[span];
    if (leaning === undefined || leaning.length === 0) continue;
    const around = (sums[span] ?? 0) - (own[span] ?? 0);
    for (const order of leaning) add(index.spanCount + order, around);
  }
  for (const { entry } of postings) own[entry] = 0;
  for (let place = 0; place < size; place += 1) {
    const entry = touched[place] ?? 0;
    visit(entry, sums[entry] ?? 0);
    sums[entry] = 0;
  }
}

function spread(index: LexicalIndex, at: number, count: number, add: (entry: number, value: number) => void): void {
  add(at, count);
  const decay = index.decays[at] ?? 0;
  const first = Math.max(index.firstOf[at] ?? at, at - windowSteps);
  const last = Math.min((index.endOf[at] ?? at) - 1, at + windowSteps);
  let value = count * decay;
  for (let other = at - 1; other >= first; other -= 1, value *= decay) add(other, value);
  value = count * decay;
  for (let other = at + 1; other <= last; other += 1, value *= decay) add(other, value);
}

function leaningOn(count: number, primitives: LexicalInput["primitives"]): number[][] {
  const lists = Array.from({ length: count }, (): number[] => []);
  for (const [order, { anchor }] of primitives.entries()) lists[anchor]?.push(order);
  return lists;
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
