import { centredCosines, createVectorMatrix, type VectorMatrix } from "@/lib/models/vector-matrix";
import { unpackVector, vectorDimensions } from "@/lib/models/vector";
import { seededRandom } from "@/lib/seeded-random";
import { principalPlane } from "./graph-principal-plane";

/** Places on a plane, and how far they can be trusted. */
export type Projection = { x: Float32Array; y: Float32Array; keptNearest: number | null };

/** How many of the nearest pull on each other. */
const nearestCount = 12;
/** Below this there is nothing to refine: the plane of the widest spread is it. */
const fewest = 12;
const comparedNearest = 10;
const maxCompared = 400;

/**
 * Places unit vectors on a plane so that what is near in meaning is near there: the plane of their widest spread,
 * then drawn together along the nearest neighbours of each and kept apart otherwise, as UMAP does it (McInnes, Healy
 * and Melville 2018). Seeded by nothing but the data: the same vectors in the same order give the same places.
 */
export function projectVectors(packed: readonly Uint8Array[]): Projection {
  const rows = packed.length;
  if (rows < 3) return { x: Float32Array.from(packed, (_, at) => at), y: new Float32Array(rows), keptNearest: null };
  const units = packed.map(unpackVector);
  const centre = meanOf(units);
  const plane = principalPlane(units.map((unit) => unit.map((value, at) => value - (centre[at] ?? 0))));
  if (rows < fewest) return { ...plane, keptNearest: null };
  const near = nearestRows(createVectorMatrix(packed, centre), units, centre);
  refine(plane, near);
  return { ...plane, keptNearest: keptNearest(plane, near) };
}

export function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectorDimensions);
  for (const vector of vectors)
    for (let at = 0; at < vectorDimensions; at += 1) mean[at] = (mean[at] ?? 0) + (vector[at] ?? 0) / vectors.length;
  return mean;
}

type Near = { count: number; rows: Int32Array; weights: Float32Array };

/** For each row its nearest, the nearest first; a weight falls from 1 with the distance. */
function nearestRows(matrix: VectorMatrix, units: readonly Float32Array[], centre: Float32Array): Near {
  const count = Math.min(nearestCount, units.length - 1);
  const near = {
    count,
    rows: new Int32Array(units.length * count),
    weights: new Float32Array(units.length * count),
  };
  for (const [row, unit] of units.entries()) {
    const cosines = centredCosines(
      matrix,
      unit.map((value, at) => value - (centre[at] ?? 0)),
    );
    cosines[row] = -Infinity;
    const best = topOf(cosines, count);
    const nearest = cosines[best[0] ?? 0] ?? 0;
    const furthest = cosines[best.at(-1) ?? 0] ?? 0;
    for (const [place, other] of best.entries()) {
      const share = nearest > furthest ? ((cosines[other] ?? 0) - furthest) / (nearest - furthest) : 1;
      near.rows[row * count + place] = other;
      near.weights[row * count + place] = 0.25 + 0.75 * share;
    }
  }
  return near;
}

/** Places of the highest values, the highest first; ties by place. */
function topOf(values: Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    if (best.length === count && value <= (values[best[count - 1] ?? 0] ?? 0)) continue;
    let place = best.length;
    while (place > 0 && (values[best[place - 1] ?? 0] ?? 0) < value) place -= 1;
    best.splice(place, 0, at);
    if (best.length > count) best.pop();
  }
  return best;
}

/** UMAP's curve for a least distance of a tenth. */
const curveA = 1.577;
const curveB = 0.895;
const strangersEach = 4;
const maxStep = 4;

/** Moves the places by gradient descent, in fewer rounds the more there are. */
function refine({ x, y }: { x: Float32Array; y: Float32Array }, near: Near): void {
  const rounds = Math.max(80, Math.min(300, Math.round(400_000 / x.length)));
  const random = seededRandom(x.length);
  const pull = (a: number, b: number, strength: number, moveBoth: boolean) => {
    const dx = (x[a] ?? 0) - (x[b] ?? 0);
    const dy = (y[a] ?? 0) - (y[b] ?? 0);
    const stepX = clip(strength * dx);
    const stepY = clip(strength * dy);
    x[a] = (x[a] ?? 0) + stepX;
    y[a] = (y[a] ?? 0) + stepY;
    if (!moveBoth) return;
    x[b] = (x[b] ?? 0) - stepX;
    y[b] = (y[b] ?? 0) - stepY;
  };
  for (let round = 0; round < rounds; round += 1) {
    const rate = 1 - round / rounds;
    for (let row = 0; row < x.length; row += 1) {
      for (let place = 0; place < near.count; place += 1) {
        const at = row * near.count + place;
        const other = near.rows[at] ?? 0;
        const square = squareBetween(x, y, row, other);
        if (square > 0) {
          const power = square ** (curveB - 1);
          const force = (-2 * curveA * curveB * power) / (1 + curveA * power * square);
          pull(row, other, rate * force * (near.weights[at] ?? 0), true);
        }
        if (place % 3 !== round % 3) continue;
        for (let n = 0; n < strangersEach; n += 1) {
          const stranger = Math.floor(random() * x.length);
          if (stranger === row) continue;
          const apart = squareBetween(x, y, row, stranger);
          const force = (2 * curveB) / ((0.001 + apart) * (1 + curveA * apart ** curveB));
          pull(row, stranger, rate * force, false);
        }
      }
    }
  }
}

const clip = (step: number): number => Math.max(-maxStep, Math.min(maxStep, step));

function squareBetween(x: Float32Array, y: Float32Array, a: number, b: number): number {
  const dx = (x[a] ?? 0) - (x[b] ?? 0);
  const dy = (y[a] ?? 0) - (y[b] ?? 0);
  return dx * dx + dy * dy;
}

/** Of the ten nearest in meaning, the mean share that is among the ten nearest on the plane. */
function keptNearest({ x, y }: { x: Float32Array; y: Float32Array }, near: Near): number {
  const step = Math.max(1, Math.ceil(x.length / maxCompared));
  const count = Math.min(comparedNearest, near.count);
  let kept = 0;
  let rows = 0;
  for (let row = 0; row < x.length; row += step, rows += 1) {
    const closeness = Float32Array.from(x, (_, other) =>
      other === row ? -Infinity : -squareBetween(x, y, row, other),
    );
    const there = new Set(topOf(closeness, count));
    for (let place = 0; place < count; place += 1) if (there.has(near.rows[row * near.count + place] ?? -1)) kept += 1;
  }
  return kept / (rows * count);
}
