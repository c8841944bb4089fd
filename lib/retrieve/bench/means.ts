import { writeFileSync } from "node:fs";
import { loadEncoder } from "@/lib/models/encoder";
import { packedVectorBytes, unpackVector, vectorDimensions } from "@/lib/models/vector";
import type { FaceRows } from "../face-rows";
import { toQuery } from "../query";
import type { PairSet } from "./pairs";

/**
 * Writes lib/retrieve/means.json: the mean of all sentences and contexts of the sets' texts, and that of the questions
 * of their tuning halves in the first person; each component in ten-thousandths.
 */
export async function writeMeans(faces: readonly (PairSet & { rows: FaceRows })[]): Promise<void> {
  const encoder = await loadEncoder();
  const sentences = faces.flatMap(({ rows }) =>
    rows.spans.flatMap(({ sentenceVectors, contextVector }) => [
      ...vectorsIn(sentenceVectors),
      unpackVector(contextVector),
    ]),
  );
  const asked = faces.flatMap(({ questions, face }) =>
    questions.filter(({ isHeldOut }) => !isHeldOut).flatMap(({ turns }) => toQuery(turns, face).lines.slice(0, 1)),
  );
  const questions = await encoder.encode(asked.map(({ text }) => text));
  const means = { sentences: meanOf(sentences), questions: meanOf(questions) };
  writeFileSync(new URL("../means.json", import.meta.url), `${JSON.stringify(means)}\n`);
}

function vectorsIn(bytes: Uint8Array): Float32Array[] {
  const count = Math.floor(bytes.byteLength / packedVectorBytes);
  return Array.from({ length: count }, (_each, at) =>
    unpackVector(bytes.subarray(at * packedVectorBytes, (at + 1) * packedVectorBytes)),
  );
}

function meanOf(vectors: readonly Float32Array[]): number[] {
  return Array.from({ length: vectorDimensions }, (_each, i) =>
    Math.round((10_000 * vectors.reduce((sum, vector) => sum + (vector[i] ?? 0), 0)) / Math.max(1, vectors.length)),
  );
}
