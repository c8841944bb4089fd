import type { SearchedPrimitive } from "@/lib/compile/versions.task";

/** A place in a source on which something rests. Offsets are UTF-16 indices into that version's whole text. */
export type Provenance = { documentId: string; version: number; start: number; end: number; quote: string };

/** A span as the index needs it. */
export type SpanRow = {
  id: string;
  documentId: string;
  version: number;
  start: number;
  end: number;
  text: string;
  speaker: string | null;
  isFace: boolean;
  /** 516 bytes a sentence */
  sentenceVectors: Uint8Array;
  contextVector: Uint8Array;
};

/** A primitive as the index needs it; what its owner changed has been applied. */
export type PrimitiveRow = SearchedPrimitive;

/** Two primitives, by their ids, that pull against each other. */
export type EdgeRow = { from: string; to: string; kind: "tension"; weight: number };

/** All of a face that can be found. Edges of primitives that are not among these are passed over. */
export type FaceRows = { spans: SpanRow[]; primitives: PrimitiveRow[]; edges?: EdgeRow[] };
