import { vectorDimensions } from "@/lib/models/vector";
import { seededRandom } from "@/lib/seeded-random";

const rounds = 24;
/** About as far apart as the refinement that follows likes to start. */
const spread = 10;

/**
 * Where vectors lie in the plane of their widest spread (principal components, by power iteration). Each axis points
 * to where the furthest lies, so that the sign does not hang on chance.
 *
 * @param centred vectors with a mean of zero
 */
export function principalPlane(centred: readonly Float32Array[]): { x: Float32Array; y: Float32Array } {
  const first = principalAxis(centred, []);
  const second = principalAxis(centred, [first]);
  return { x: along(centred, first), y: along(centred, second) };
}

function principalAxis(rows: readonly Float32Array[], before: readonly Float32Array[]): Float32Array {
  const random = seededRandom(before.length + 1);
  let axis = Float32Array.from({ length: vectorDimensions }, () => random() - 0.5);
  for (let round = 0; round < rounds; round += 1) {
    const next = new Float32Array(vectorDimensions);
    for (const row of rows) {
      const share = product(row, axis);
      for (let at = 0; at < vectorDimensions; at += 1) next[at] = (next[at] ?? 0) + share * (row[at] ?? 0);
    }
    for (const other of before) {
      const share = product(next, other);
      for (let at = 0; at < vectorDimensions; at += 1) next[at] = (next[at] ?? 0) - share * (other[at] ?? 0);
    }
    const length = Math.sqrt(product(next, next)) || 1;
    axis = next.map((value) => value / length);
  }
  return axis;
}

function along(rows: readonly Float32Array[], axis: Float32Array): Float32Array {
  const places = Float32Array.from(rows, (row) => product(row, axis));
  const furthest = places.reduce((best, place) => (Math.abs(place) > Math.abs(best) ? place : best), 0);
  return places.map((place) => (furthest === 0 ? 0 : (spread * place) / furthest));
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < vectorDimensions; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
