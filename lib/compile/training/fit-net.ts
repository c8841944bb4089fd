import { seededRandom } from "@/lib/seeded-random";
import { kinds } from "../grammar";
import type { LinearModel } from "../linear-model";
import { netClasses, sentenceInputs, type SentenceNet, softmaxOf } from "../sentence-net";
import { AdamW } from "./adamw";
import { product, transposed, withOnes } from "./matrix";
import { projectedWidth } from "./project";
import { shuffle } from "./random";

/** A text to learn from: its pieces' projected states, its own row, its kind (−1: unknown), whether it states anything, and what that counts. */
export type NetRow = {
  pieces: Float32Array;
  row: Float32Array;
  kind: number;
  isStatement: boolean;
  detectWeight: number;
};
export type NetOptions = { epochs: number; pieceUnits: number; sentenceUnits: number; seed: number };

const defaults: NetOptions = { epochs: 7, pieceUnits: 96, sentenceUnits: 64, seed: 20_011 };
const batchSize = 64;
const rate = 2e-3;
const decay = 0.03;
const inputDropout = 0.15;
const featureDropout = 0.4;
const smoothing = 0.05;

type Layers = Omit<SentenceNet, "projection">;

/** Fits a net to kinds and detection at once, by AdamW with dropout. Deterministic for its seed. */
export function fitNet(rows: NetRow[], projection: LinearModel, given: Partial<NetOptions> = {}): SentenceNet {
  const options = { ...defaults, ...given };
  const random = seededRandom(options.seed);
  const net: Layers = {
    pieces: freshLayer(projectedWidth, options.pieceUnits, random),
    sentence: freshLayer(sentenceInputs, options.sentenceUnits, random),
    output: freshLayer(2 * options.pieceUnits + options.sentenceUnits, netClasses, random),
  };
  const steps = options.epochs * Math.ceil(rows.length / batchSize);
  const adam = new AdamW([net.pieces.weights, net.sentence.weights, net.output.weights], { rate, decay, steps });
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    const order = shuffle([...rows.keys()], random);
    for (let at = 0; at < order.length; at += batchSize) {
      adam.step(gradients(net, order.slice(at, at + batchSize).flatMap((index) => rows[index] ?? []), random));
    }
  }
  return { projection, ...net };
}

function freshLayer(inputs: number, classes: number, random: () => number): LinearModel {
  const bound = 1 / Math.sqrt(inputs);
  return { classes, inputs, weights: Float32Array.from({ length: (inputs + 1) * classes }, () => (2 * random() - 1) * bound) };
}

/** Gradients of a batch, in the order of the parameters given to Adam. */
function gradients({ pieces, sentence, output }: Layers, batch: NetRow[], random: () => number): Float32Array[] {
  const counts = batch.map((row) => row.pieces.length / projectedWidth);
  const total = counts.reduce((sum, count) => sum + count, 0);
  // The same inputs are dropped for the whole batch: as good a noise, and cheap.
  const states = dropInputs(withOnes(batch.flatMap((row) => split(row.pieces)), projectedWidth), projectedWidth, random);
  const rows = dropInputs(withOnes(batch.map(({ row }) => row), sentenceInputs), sentenceInputs, random);
  const found = product(pieces.weights, transposed(states, total, projectedWidth + 1), pieces.classes, projectedWidth + 1, total);
  const hidden = product(sentence.weights, transposed(rows, batch.length, sentenceInputs + 1), sentence.classes, sentenceInputs + 1, batch.length);
  const pooled = pool(found, hidden, counts, pieces.classes, output.inputs);
  const mask = Float32Array.from({ length: output.inputs * batch.length }, () => (random() < featureDropout ? 0 : 1 / (1 - featureDropout)));
  for (let i = 0; i < mask.length; i += 1) pooled.features[i] = (pooled.features[i] as number) * (mask[i] as number);
  const scores = product(output.weights, pooled.features, netClasses, output.inputs + 1, batch.length);
  const errors = scoreErrors(transposed(scores, netClasses, batch.length), batch);
  const outputGradient = product(transposed(errors, batch.length, netClasses), transposed(pooled.features, output.inputs + 1, batch.length), netClasses, batch.length, output.inputs + 1);
  const back = product(transposed(output.weights, netClasses, output.inputs + 1), transposed(errors, batch.length, netClasses), output.inputs + 1, netClasses, batch.length);
  for (let i = 0; i < mask.length; i += 1) back[i] = (back[i] as number) * (mask[i] as number);
  spreadBack(found, hidden, back, counts, pooled.peaks, pieces.classes);
  return [
    product(found, states, pieces.classes, total, projectedWidth + 1),
    product(hidden, rows, sentence.classes, batch.length, sentenceInputs + 1),
    outputGradient,
  ];
}

/** Features (feature × text): of each unit the largest answer and the scaled sum, then the sentence's units, then a one. */
function pool(
  found: Float32Array,
  hidden: Float32Array,
  counts: number[],
  units: number,
  inputs: number,
): { features: Float32Array; peaks: Int32Array } {
  const texts = counts.length;
  const total = found.length / units;
  const features = new Float32Array((inputs + 1) * texts).fill(1, inputs * texts);
  const peaks = new Int32Array(units * texts).fill(-1);
  for (let unit = 0; unit < units; unit += 1) {
    let at = unit * total;
    for (const [text, count] of counts.entries()) {
      const end = at + count;
      let [peak, sum] = [0, 0];
      for (; at < end; at += 1) {
        const answer = found[at] as number;
        if (answer <= 0) continue;
        sum += answer;
        if (answer > peak) {
          peak = answer;
          peaks[unit * texts + text] = at;
        }
      }
      features[unit * texts + text] = peak;
      features[(units + unit) * texts + text] = sum / Math.sqrt(count);
    }
  }
  for (let i = 0; i < hidden.length; i += 1) features[2 * units * texts + i] = Math.max(0, hidden[i] as number);
  return { features, peaks };
}

/** Turns the layers' answers into their errors, in place. */
function spreadBack(found: Float32Array, hidden: Float32Array, back: Float32Array, counts: number[], peaks: Int32Array, units: number): void {
  const texts = counts.length;
  const total = found.length / units;
  for (let unit = 0; unit < units; unit += 1) {
    let at = unit * total;
    for (const [text, count] of counts.entries()) {
      const share = (back[(units + unit) * texts + text] as number) / Math.sqrt(count);
      for (const end = at + count; at < end; at += 1) found[at] = (found[at] as number) > 0 ? share : 0;
      const peak = peaks[unit * texts + text] as number;
      if (peak >= 0) found[peak] = (found[peak] as number) + (back[unit * texts + text] as number);
    }
  }
  for (let i = 0; i < hidden.length; i += 1) hidden[i] = (hidden[i] as number) > 0 ? (back[2 * units * texts + i] as number) : 0;
}

/** Softmax minus target (text × class), for the kinds of true statements and for detection, each shared among those taking part. */
function scoreErrors(scores: Float32Array, batch: NetRow[]): Float32Array {
  const errors = new Float32Array(scores.length);
  const known = Math.max(1, batch.filter(({ kind }) => kind >= 0).length);
  for (const [text, row] of batch.entries()) {
    const base = text * netClasses;
    const detect = base + kinds.length;
    if (row.kind >= 0) {
      for (const [c, p] of softmaxOf(scores.subarray(base, detect)).entries()) {
        errors[base + c] = (p - (c === row.kind ? 1 - smoothing : 0) - smoothing / kinds.length) / known;
      }
    }
    const [, p = 0] = softmaxOf(scores.subarray(detect, base + netClasses));
    errors[detect + 1] = ((p - (row.isStatement ? 1 : 0)) * row.detectWeight) / batch.length;
    errors[detect] = -(errors[detect + 1] as number);
  }
  return errors;
}

function dropInputs(rows: Float32Array, inputs: number, random: () => number): Float32Array {
  const mask = Float32Array.from({ length: inputs + 1 }, (_, i) => (i === inputs ? 1 : random() < inputDropout ? 0 : 1 / (1 - inputDropout)));
  for (let i = 0; i < rows.length; i += 1) rows[i] = (rows[i] as number) * (mask[i % (inputs + 1)] as number);
  return rows;
}

function split(pieces: Float32Array): Float32Array[] {
  return Array.from({ length: pieces.length / projectedWidth }, (_, i) => pieces.subarray(i * projectedWidth, (i + 1) * projectedWidth));
}
