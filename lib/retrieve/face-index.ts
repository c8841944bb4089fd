import { countTokens } from "@/lib/models/count-tokens";
import type { FaceRows, PrimitiveRow, SpanRow } from "./face-rows";
import { sentenceCentre } from "./centre";
import { tensionsOf } from "./tensions";
import { createLexicalIndex, type LexicalIndex } from "./lexical-index";
import { namesTime, yearsIn } from "./times";
import { createVectorMatrix, type VectorMatrix } from "@/lib/models/vector-matrix";
import { packedVectorBytes } from "@/lib/models/vector";

/** What is known of one thing that can be found: a span or a primitive. */
export type Entry = {
  kind: "span" | "primitive";
  /** position among the spans or among the primitives */
  at: number;
  text: string;
  terms: string[];
  /** counted when it is first asked for */
  readonly tokens: number;
  /** a question, or a heading: what follows it answers */
  isQuestion: boolean;
  namesTime: boolean;
  years: number[];
  /** whether chat may use it; the others' turns are only context */
  isUsable: boolean;
};

/** A span whose vectors have gone into the matrices. */
export type IndexedSpan = Omit<SpanRow, "sentenceVectors" | "contextVector">;

/** A face in memory, ready to be searched. Spans come first in every list, in reading order, then primitives. */
export type FaceIndex = {
  spans: IndexedSpan[];
  primitives: PrimitiveRow[];
  entries: Entry[];
  lexical: LexicalIndex;
  /** all sentences of all spans; those of span i start at sentenceStarts[i] */
  sentences: VectorMatrix;
  sentenceStarts: Int32Array;
  contexts: VectorMatrix;
  statements: VectorMatrix;
  /** the spans in which each primitive's quotes stand, the surest quote's first */
  anchors: readonly (readonly number[])[];
  /** the primitives that rest on each span, by their places */
  restingOn: readonly (readonly number[])[];
  /** of each span, the confidence of the surest statement that rests on it; 0 without one */
  stated: Float32Array;
  /** what pulls against each primitive, by their places */
  tensions: readonly (readonly number[])[];
  /** roughly what it takes in memory */
  bytes: number;
};

/** Who says one thing a hundred times is quoted from the surest of them. */
const maxAnchors = 8;

/** Builds the index of a face. The order of the rows does not matter. */
export function createFaceIndex(rows: FaceRows, droppedStems: ReadonlySet<string>): FaceIndex {
  const spans = [...rows.spans].sort(
    (a, b) => compare(a.documentId, b.documentId) || a.start - b.start || compare(a.id, b.id),
  );
  const primitives = [...rows.primitives].sort((a, b) => compare(a.id, b.id));
  const anchors = primitives.map((primitive) => anchorsOf(primitive, spans));
  const { index: lexical, terms } = createLexicalIndex({
    spans,
    primitives: primitives.map((primitive, order) => ({
      text: primitiveText(primitive),
      anchor: anchors[order]?.[0] ?? -1,
    })),
    dropped: droppedStems,
  });
  const hidden = hiddenSpans(spans, primitives);
  const entries = [
    ...spans.map((span, at) => toEntry("span", at, span.text, terms[at] ?? [], isOwn(span) && !hidden.has(at))),
    ...primitives.map((primitive, at) =>
      toEntry("primitive", at, primitive.statement, terms[spans.length + at] ?? [], primitive.state !== "disabled"),
    ),
  ];
  const matrixOf = (vectors: Uint8Array[]) => createVectorMatrix(vectors, sentenceCentre);
  const sentences = matrixOf(spans.map((span) => span.sentenceVectors));
  const index = {
    spans: spans.map(withoutVectors),
    primitives,
    entries,
    lexical,
    sentences,
    sentenceStarts: startsOf(spans),
    contexts: matrixOf(spans.map((span) => span.contextVector)),
    statements: matrixOf(primitives.map((primitive) => primitive.vector)),
    anchors,
    restingOn: restingOn(spans.length, anchors),
    stated: statedIn(spans.length, primitives, anchors),
    tensions: tensionsOf(rows.edges ?? [], primitives),
  };
  return { ...index, bytes: sizeOf(index.entries, sentences, index.contexts, index.statements) };
}

/** Spans that overlap a place in a document, as positions. */
export function spansAt(
  spans: readonly IndexedSpan[],
  place: { documentId: string; version: number; start: number; end: number },
): number[] {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (span !== undefined && (compare(span.documentId, place.documentId) || span.end - place.start) <= 0)
      low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let at = low; at < spans.length; at += 1) {
    const span = spans[at];
    if (span === undefined || span.documentId !== place.documentId || span.start >= place.end) break;
    if (span.version === place.version && span.end > place.start) found.push(at);
  }
  return found;
}

function withoutVectors({ sentenceVectors: _own, contextVector: _around, ...span }: SpanRow): IndexedSpan {
  return span;
}

/** A text of the face: its own turn, or a piece of a document, which has no speakers. */
function isOwn(span: SpanRow): boolean {
  return span.isFace || span.speaker === null;
}

function anchorsOf(primitive: PrimitiveRow, spans: readonly SpanRow[]): number[] {
  return [...new Set(primitive.quotes.slice(0, maxAnchors).flatMap((quote) => spansAt(spans, quote)[0] ?? []))];
}

function restingOn(count: number, anchors: readonly number[][]): number[][] {
  const lists = Array.from({ length: count }, (): number[] => []);
  for (const [order, own] of anchors.entries()) for (const anchor of own) lists[anchor]?.push(order);
  return lists;
}

function statedIn(count: number, primitives: readonly PrimitiveRow[], anchors: readonly number[][]): Float32Array {
  const stated = new Float32Array(count);
  for (const [order, { state, confidence }] of primitives.entries()) {
    const sure = state === "active" ? confidence : state === "draft" ? confidence / 2 : 0;
    for (const anchor of anchors[order] ?? []) stated[anchor] = Math.max(stated[anchor] ?? 0, sure);
  }
  return stated;
}

/** Who switches a statement off does not want its sentence quoted either: spans that hold little else are hidden. */
function hiddenSpans(spans: readonly SpanRow[], primitives: readonly PrimitiveRow[]): Set<number> {
  const hidden = new Set<number>();
  for (const quote of primitives
    .filter((primitive) => primitive.state === "disabled")
    .flatMap((primitive) => primitive.quotes)) {
    for (const at of spansAt(spans, quote)) {
      const span = spans[at];
      if (span === undefined) continue;
      const shared = Math.min(span.end, quote.end) - Math.max(span.start, quote.start);
      if (shared >= 0.8 * (span.end - span.start)) hidden.add(at);
    }
  }
  return hidden;
}

function primitiveText(primitive: PrimitiveRow): string {
  return [primitive.statement, ...new Set(primitive.quotes.map((quote) => quote.quote))].join("\n");
}

/** Marks of emphasis and quotation may close behind the question mark; a line set off by marks is a heading. */
const question = /\?["'”’)*_\s]*$|^\s*(?:(\*\*|__)[^\n]{1,200}\1|#{1,6} [^\n]{1,200})\s*$/u;

function toEntry(kind: Entry["kind"], at: number, text: string, terms: string[], isUsable: boolean): Entry {
  let tokens: number | undefined;
  return {
    kind,
    at,
    text,
    terms,
    get tokens() {
      tokens ??= countTokens(text);
      return tokens;
    },
    isQuestion: question.test(text),
    namesTime: namesTime(text),
    years: yearsIn(text),
    isUsable,
  };
}

function startsOf(spans: readonly SpanRow[]): Int32Array {
  const starts = new Int32Array(spans.length + 1);
  for (const [at, span] of spans.entries()) {
    starts[at + 1] = (starts[at] ?? 0) + Math.floor(span.sentenceVectors.byteLength / packedVectorBytes);
  }
  return starts;
}

/** Text, terms and postings take about fifteen bytes a character; the matrices are counted exactly. */
function sizeOf(entries: readonly Entry[], ...matrices: VectorMatrix[]): number {
  const characters = entries.reduce((sum, entry) => sum + entry.text.length, 0);
  return characters * 15 + matrices.reduce((sum, matrix) => sum + matrix.values.byteLength, 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
