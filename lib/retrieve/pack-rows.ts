import { setImmediate } from "node:timers/promises";
import { packedVectorBytes } from "@/lib/models/vector";
import type { FaceRows, PrimitiveRow, SpanRow } from "./face-rows";

/** Some rows as they go to a thread: JSON in UTF-8, and their vectors behind each other. */
type Page = { json: Uint8Array<ArrayBuffer>; vectors: Uint8Array<ArrayBuffer> };

/** A face's rows in few large buffers, which can be given away instead of copied. */
export type PackedRows = { spans: Page[]; primitives: Page[]; edges: Uint8Array<ArrayBuffer> };

/** Rows of a page: packing one takes a millisecond or two. */
const pageRows = 250;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Packs rows page by page, giving way to others between two: copying forty thousand rows at once would stop the event
 * loop for a second.
 */
export async function packRows(rows: FaceRows): Promise<PackedRows> {
  const spans = await pages(rows.spans, ({ sentenceVectors, contextVector, ...span }) => ({
    row: { ...span, sentences: sentenceVectors.byteLength },
    vectors: [sentenceVectors, contextVector],
  }));
  const primitives = await pages(rows.primitives, ({ vector, ...row }) => ({ row, vectors: [vector] }));
  return { spans, primitives, edges: encoder.encode(JSON.stringify(rows.edges ?? [])) };
}

/** The buffers of packed rows, to be given away. */
export function buffersOf({ spans, primitives, edges }: PackedRows): ArrayBuffer[] {
  return [...[...spans, ...primitives].flatMap(({ json, vectors }) => [json.buffer, vectors.buffer]), edges.buffer];
}

/** The rows again; their vectors are views into the pages. */
export function unpackRows(packed: PackedRows): FaceRows {
  return {
    spans: packed.spans.flatMap(({ json, vectors }) => {
      const take = taker(vectors);
      return parse<Omit<SpanRow, "sentenceVectors" | "contextVector"> & { sentences: number }>(json).map(
        ({ sentences, ...span }) => {
          return { ...span, sentenceVectors: take(sentences), contextVector: take(packedVectorBytes) };
        },
      );
    }),
    primitives: packed.primitives.flatMap(({ json, vectors }) => {
      const take = taker(vectors);
      return parse<Omit<PrimitiveRow, "vector">>(json).map((row) => ({ ...row, vector: take(packedVectorBytes) }));
    }),
    edges: parse(packed.edges),
  };
}

async function pages<Row>(
  rows: readonly Row[],
  split: (row: Row) => { row: object; vectors: Uint8Array[] },
): Promise<Page[]> {
  const found: Page[] = [];
  for (let at = 0; at < rows.length; at += pageRows) {
    const parts = rows.slice(at, at + pageRows).map(split);
    const all = parts.flatMap(({ vectors }) => vectors);
    const vectors = new Uint8Array(all.reduce((sum, vector) => sum + vector.byteLength, 0));
    let end = 0;
    for (const vector of all) {
      vectors.set(vector, end);
      end += vector.byteLength;
    }
    found.push({ json: encoder.encode(JSON.stringify(parts.map(({ row }) => row))), vectors });
    await setImmediate();
  }
  return found;
}

function taker(bytes: Uint8Array): (length: number) => Uint8Array {
  let start = 0;
  return (length) => bytes.subarray(start, (start += length));
}

function parse<Row>(json: Uint8Array): Row[] {
  return JSON.parse(decoder.decode(json)) as Row[];
}
