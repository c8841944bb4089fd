import { vectorDimensions as width } from "@/lib/models/vector";
import { seededRandom } from "@/lib/seeded-random";
import type { LinearModel } from "../linear-model";
import { product, transposed } from "./matrix";

/** How many principal components of a piece's state the net sees; they hold two thirds of its variance. */
export const projectedWidth = 128;
const rounds = 12;

/**
 * Principal components of pieces' states by subspace iteration, scaled so that the projected numbers have a
 * variance of one on the whole. Sees no labels.
 *
 * @param texts states of texts, 512 floats a piece
 */
export function fitProjection(texts: Float32Array[]): LinearModel {
  const sample = texts.filter((_, index) => index % 5 === 0);
  const count = sample.reduce((sum, { length }) => sum + length / width, 0);
  const mean = new Float32Array(width);
  for (const states of sample) for (let i = 0; i < states.length; i += 1) mean[i % width] = (mean[i % width] as number) + (states[i] as number) / count;
  const covariance = new Float32Array(width * width);
  for (let at = 0; at < sample.length; at += 100) {
    const centred = join(sample.slice(at, at + 100)).map((value, i) => value - (mean[i % width] as number));
    const rows = centred.length / width;
    const part = product(transposed(centred, rows, width), centred, width, rows, width);
    for (let i = 0; i < part.length; i += 1) covariance[i] = (covariance[i] as number) + (part[i] as number) / count;
  }
  const random = seededRandom(7);
  let axes = Float32Array.from({ length: projectedWidth * width }, () => random() - 0.5);
  for (let round = 0; round < rounds; round += 1) axes = orthonormal(product(axes, covariance, projectedWidth, width, width));
  const spread = product(axes, covariance, projectedWidth, width, width);
  let variance = 0;
  for (let i = 0; i < axes.length; i += 1) variance += ((axes[i] as number) * (spread[i] as number)) / projectedWidth;
  return toModel(axes, mean, 1 / Math.sqrt(variance));
}

/** Every text's states in the projection's numbers. */
export function projectAll(projection: LinearModel, texts: Float32Array[]): Float32Array[] {
  const axes = new Float32Array(projectedWidth * width);
  for (let c = 0; c < projectedWidth; c += 1) axes.set(projection.weights.subarray(c * (width + 1), (c + 1) * (width + 1) - 1), c * width);
  const projected: Float32Array[] = [];
  for (let at = 0; at < texts.length; at += 100) {
    const batch = texts.slice(at, at + 100);
    const states = join(batch);
    const rows = states.length / width;
    const result = transposed(product(axes, transposed(states, rows, width), projectedWidth, width, rows), projectedWidth, rows);
    for (let i = 0; i < result.length; i += 1) result[i] = (result[i] as number) + (projection.weights[((i % projectedWidth) + 1) * (width + 1) - 1] as number);
    let start = 0;
    for (const { length } of batch) {
      const end = start + (length / width) * projectedWidth;
      projected.push(result.slice(start, end));
      start = end;
    }
  }
  return projected;
}

function toModel(axes: Float32Array, mean: Float32Array, scale: number): LinearModel {
  const weights = new Float32Array(projectedWidth * (width + 1));
  for (let c = 0; c < projectedWidth; c += 1) {
    let offset = 0;
    for (let i = 0; i < width; i += 1) {
      const weight = (axes[c * width + i] as number) * scale;
      weights[c * (width + 1) + i] = weight;
      offset -= weight * (mean[i] as number);
    }
    weights[(c + 1) * (width + 1) - 1] = offset;
  }
  return { classes: projectedWidth, inputs: width, weights };
}

/** Gram and Schmidt's rows of unit length, at right angles to each other. */
function orthonormal(rows: Float32Array): Float32Array<ArrayBuffer> {
  const result = new Float32Array(rows);
  for (let r = 0; r < projectedWidth; r += 1) {
    const row = result.subarray(r * width, (r + 1) * width);
    for (let before = 0; before < r; before += 1) {
      const other = result.subarray(before * width, (before + 1) * width);
      let along = 0;
      for (let i = 0; i < width; i += 1) along += (row[i] as number) * (other[i] as number);
      for (let i = 0; i < width; i += 1) row[i] = (row[i] as number) - along * (other[i] as number);
    }
    const length = Math.hypot(...row) || 1;
    for (let i = 0; i < width; i += 1) row[i] = (row[i] as number) / length;
  }
  return result;
}

function join(parts: Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const values of parts) {
    joined.set(values, at);
    at += values.length;
  }
  return joined;
}
