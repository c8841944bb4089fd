import { packedVectorBytes, packVector, unpackVector, vectorDimensions } from "@/lib/models/vector";
import { components } from "./grammar";

/** What counts: its component as its owner has it, and its embedding (516 bytes). */
export type CentroidMember = { component: string; vector: Uint8Array };

/**
 * The mean direction of a face's active primitives: of the whole face, then of each component in the grammar's order.
 * Five packed vectors in one; one of nothing is all zeros.
 *
 * @param members sorted, for a sum of floats depends on its order
 */
export function centroids(members: CentroidMember[]): Uint8Array<ArrayBuffer> {
  const sums = Array.from({ length: 1 + components.length }, () => new Float64Array(vectorDimensions));
  for (const { component, vector } of members) {
    const unit = unpackVector(vector);
    const own = sums[1 + components.findIndex((each) => each === component)];
    for (const sum of new Set([sums[0], own])) if (sum !== undefined) add(sum, unit);
  }
  const packed = new Uint8Array(sums.length * packedVectorBytes);
  for (const [at, sum] of sums.entries()) packed.set(packVector(toUnit(sum)), at * packedVectorBytes);
  return packed;
}

function add(sum: Float64Array, values: Float32Array): void {
  for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (values[at] ?? 0);
}

function toUnit(sum: Float64Array): Float32Array {
  const length = Math.hypot(...sum);
  return Float32Array.from(sum, (value) => (length === 0 ? 0 : value / length));
}
