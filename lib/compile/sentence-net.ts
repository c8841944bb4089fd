import type { Encoded } from "@/lib/models/encoder";
import { vectorDimensions } from "@/lib/models/vector";
import { kinds } from "./grammar";
import type { LinearModel } from "./linear-model";

/** Brings the encoder's numbers to the scale the net was trained on. */
const vectorScale = 10;
const pooledScale = 2;

export const sentenceInputs = 2 * vectorDimensions;
/** Outputs: the kinds in the grammar's order, then "no statement" and "statement". */
export const netClasses = kinds.length + 2;

/**
 * A small network over what the sentence encoder makes of every piece of a text.
 *
 * Each piece is brought down to its principal components (`projection`) and passes one layer; a text keeps of
 * every unit its largest answer and the sum over the root of their number, so that one telling word counts in
 * a long sentence. The text's own two vectors pass a layer of their own. Layers are rows of weights, the bias last.
 */
export type SentenceNet = { projection: LinearModel; pieces: LinearModel; sentence: LinearModel; output: LinearModel };

/** What a net says of a text: the probabilities of the 24 kinds, and that it states anything. */
export type NetAnswer = { kinds: Float64Array; statement: number };

/** The text's vectors as the net takes them. */
export function sentenceRow({ vector, pooled }: Pick<Encoded, "vector" | "pooled">): Float32Array {
  const row = new Float32Array(sentenceInputs);
  for (let i = 0; i < vectorDimensions; i += 1) {
    row[i] = (vector[i] ?? 0) * vectorScale;
    row[vectorDimensions + i] = (pooled[i] ?? 0) * pooledScale;
  }
  return row;
}

/** Runs the net on a text; its vectors come from `Encoder.encodeDeep`. */
export function runNet(net: SentenceNet, text: Encoded): NetAnswer {
  const units = net.pieces.classes;
  const features = new Float32Array(net.output.inputs);
  const { states } = text;
  const share = 1 / Math.sqrt(Math.max(1, states.length / vectorDimensions));
  for (let at = 0; at < states.length; at += vectorDimensions) {
    const piece = answers(net.projection, states.subarray(at, at + vectorDimensions));
    for (const [unit, answer] of answers(net.pieces, piece).entries()) {
      if (answer <= 0) continue;
      if (answer > (features[unit] ?? 0)) features[unit] = answer;
      features[units + unit] = (features[units + unit] ?? 0) + answer * share;
    }
  }
  for (const [unit, answer] of answers(net.sentence, sentenceRow(text)).entries()) {
    features[2 * units + unit] = Math.max(0, answer);
  }
  const scores = answers(net.output, features);
  return {
    kinds: softmaxOf(scores.subarray(0, kinds.length)),
    statement: softmaxOf(scores.subarray(kinds.length))[1] ?? 0,
  };
}

/** Four sums side by side: the loop is nearly all the time the net takes. */
function answers({ classes, inputs, weights }: LinearModel, row: Float32Array): Float32Array {
  const width = inputs + 1;
  const sums = new Float32Array(classes);
  for (let unit = 0; unit < classes; unit += 1) {
    const base = unit * width;
    let [a, b, c, d] = [weights[base + inputs] as number, 0, 0, 0];
    for (let i = 0; i < inputs; i += 4) {
      a += (weights[base + i] as number) * (row[i] as number);
      b += (weights[base + i + 1] as number) * (row[i + 1] as number);
      c += (weights[base + i + 2] as number) * (row[i + 2] as number);
      d += (weights[base + i + 3] as number) * (row[i + 3] as number);
    }
    sums[unit] = a + b + c + d;
  }
  return sums;
}

/** Probabilities of scores. */
export function softmaxOf(scores: Float32Array): Float64Array {
  const peak = Math.max(...scores);
  const powers = Float64Array.from(scores, (score) => Math.exp(score - peak));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
