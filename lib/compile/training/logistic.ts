import { seededRandom } from "@/lib/seeded-random";
import { type LinearModel, onesValue, type Row, softmax } from "../linear-model";
import { shuffle } from "./random";

const batchSize = 64;
const startRate = 0.02;
const seed = 20_011;
const negligible = 2e-3;

export type FitOptions = {
  epochs: number;
  /** Weight of the squared weights. */
  decay: number;
  /** How much an example counts; 1 when left out. */
  weightOf?: (index: number) => number;
};

/**
 * Fits a softmax regression by Adam over shuffled mini-batches, then averages the last half of its steps.
 *
 * Deterministic: the shuffle has its own seeded generator.
 *
 * @param rows dense (Float32Array) or sparse binary (Int32Array of column numbers)
 * @param labels class numbers below `classes`
 * @param decay weight of the squared weights, per example
 */
export function fitLogistic(
  rows: Row[],
  labels: number[],
  classes: number,
  inputs: number,
  { epochs, decay, weightOf = () => 1 }: FitOptions,
): LinearModel {
  const width = inputs + 1;
  const decays = Float64Array.from({ length: classes * width }, (_, i) => (i % width === inputs ? 0 : decay));
  const adam = new Adam(decays, Math.ceil(rows.length / batchSize) * epochs);
  const order = rows.map((_, index) => index);
  const random = seededRandom(seed);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (let at = 0; at < order.length; at += batchSize) {
      const batch = order.slice(at, at + batchSize);
      adam.gradient.fill(0);
      for (const index of batch) {
        addGradient(adam.gradient, adam.weights, rows[index] ?? new Float32Array(0), labels[index] ?? 0, classes, width, weightOf(index) / batch.length);
      }
      adam.step();
    }
  }
  return { classes, inputs, weights: Float32Array.from(adam.mean) };
}

/** Adam (Kingma and Ba 2015) with a falling rate, decay of weights, and Polyak averaging over the second half. */
class Adam {
  readonly weights: Float64Array;
  readonly gradient: Float64Array;
  readonly mean: Float64Array;
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private steps = 0;
  private averaged = 0;

  constructor(
    private readonly decays: Float64Array,
    private readonly totalSteps: number,
  ) {
    const size = decays.length;
    this.weights = new Float64Array(size);
    this.gradient = new Float64Array(size);
    this.mean = new Float64Array(size);
    this.first = new Float64Array(size);
    this.second = new Float64Array(size);
  }

  step(): void {
    const { weights, gradient, mean, first, second, decays } = this;
    this.steps += 1;
    const rate = startRate * (1 - (0.9 * this.steps) / this.totalSteps);
    const firstBias = 1 - 0.9 ** this.steps;
    const secondBias = 1 - 0.999 ** this.steps;
    const isAveraging = this.steps * 2 > this.totalSteps;
    if (isAveraging) this.averaged += 1;
    for (let i = 0; i < weights.length; i += 1) {
      const g = (gradient[i] ?? 0) + (decays[i] ?? 0) * (weights[i] ?? 0);
      first[i] = 0.9 * (first[i] ?? 0) + 0.1 * g;
      second[i] = 0.999 * (second[i] ?? 0) + 0.001 * g * g;
      weights[i] = (weights[i] ?? 0) - (rate * ((first[i] ?? 0) / firstBias)) / (Math.sqrt((second[i] ?? 0) / secondBias) + 1e-8);
      if (isAveraging) mean[i] = (mean[i] ?? 0) + ((weights[i] ?? 0) - (mean[i] ?? 0)) / this.averaged;
    }
  }
}

function addGradient(gradient: Float64Array, weights: Float64Array, row: Row, label: number, classes: number, width: number, weight: number): void {
  const p = softmax(weights, row, classes, width);
  for (let c = 0; c < classes; c += 1) {
    const miss = (p[c] ?? 0) - (c === label ? 1 : 0);
    // Most of 24 classes are clearly wrong: passing over them halves the time and moves no figure.
    if (Math.abs(miss) < negligible) continue;
    const error = miss * weight;
    const base = c * width;
    if (row instanceof Int32Array) {
      const share = error * onesValue(row);
      for (const column of row) gradient[base + column] = (gradient[base + column] ?? 0) + share;
    } else for (let i = 0; i < row.length; i += 1) gradient[base + i] = (gradient[base + i] ?? 0) + error * (row[i] ?? 0);
    gradient[base + width - 1] = (gradient[base + width - 1] ?? 0) + error;
  }
}
