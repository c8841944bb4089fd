import { z } from "zod";
import { vectorDimensions } from "@/lib/models/vector";
import { lexicalFeatures, lexicalLength, wordTerms } from "./features";
import { componentOf, type Kind, kinds, type Polarity, type Predicate } from "./grammar";
import { type LinearModel, predict } from "./linear-model";
import { polarityOf } from "./qualifiers";

/** Brings the vector's small components to the scale of the other features, so that one decay suits all. */
const vectorScale = 10;
export const denseLength = vectorDimensions + lexicalLength;
/** Columns after the words: the predicate, whether the rule says "not", and that for each predicate. */
export const polarityExtras = 2 * kinds.length + 1;

const Model = z.object({ classes: z.int(), inputs: z.int(), scales: z.array(z.number()), weights: z.string() });
/** The file written by `npm run train:extract`. */
export const Weights = z.object({
  version: z.string(),
  terms: z.array(z.string()),
  detectDense: Model,
  detectWords: Model,
  kindDense: Model,
  kindWords: Model,
  polarity: Model,
  /** Logistic calibration of detection: p = 1 / (1 + exp(−(slope · logit + offset))). */
  calibration: z.object({ slope: z.number(), offset: z.number() }),
});
export type Weights = z.infer<typeof Weights>;

/** A wording and its vector. A sentence is judged by several: itself and its rendered clause. */
export type View = { sentence: string; vector: Float32Array };

export type Classifier = {
  version: string;
  /** Calibrated probability that the views state something lasting about their speaker. */
  detect(views: View[]): number;
  /** The same from the words alone, for clauses that have no vector. Not calibrated. */
  detectByWords(clause: string): number;
  /** Kinds of a true statement, likeliest first; the probabilities of all 24 add up to 1. */
  rankKinds(views: View[]): (Kind & { p: number })[];
  polarity(clause: string, predicate: Predicate): Polarity;
};

/** The dense row of a sentence: its vector and its lexical features. */
export function denseRow(sentence: string, vector: Float32Array): Float32Array {
  const row = new Float32Array(denseLength);
  for (let i = 0; i < vectorDimensions; i += 1) row[i] = (vector[i] ?? 0) * vectorScale;
  row.set(lexicalFeatures(sentence), vectorDimensions);
  return row;
}

/** The columns of a sentence's words among the known terms. */
export function wordRow(sentence: string, columns: ReadonlyMap<string, number>): Int32Array {
  return Int32Array.from(wordTerms(sentence).flatMap((term) => columns.get(term) ?? []));
}

/** The row of the polarity model: the words, and what the rule says for this predicate. */
export function polarityRow(clause: string, predicate: Predicate, columns: ReadonlyMap<string, number>): Int32Array {
  const index = kinds.findIndex((kind) => kind.predicate === predicate);
  const extras = polarityOf(clause, predicate) === "neg" ? [index, kinds.length, kinds.length + 1 + index] : [index];
  return Int32Array.from([...wordRow(clause, columns), ...extras.map((extra) => columns.size + extra)]);
}

/** Makes a classifier of trained weights: each decision is the mean of a model of the vector and one of the words, over all views. */
export function classifier(input: unknown): Classifier {
  const weights = Weights.parse(input);
  const columns = new Map(weights.terms.map((term, index) => [term, index]));
  const models = {
    detectDense: unpack(weights.detectDense),
    detectWords: unpack(weights.detectWords),
    kindDense: unpack(weights.kindDense),
    kindWords: unpack(weights.kindWords),
    polarity: unpack(weights.polarity),
  };
  const { slope, offset } = weights.calibration;
  return {
    version: weights.version,
    detect(views) {
      const p = mean(
        views.flatMap(({ sentence, vector }) => [
          predict(models.detectDense, denseRow(sentence, vector))[1] ?? 0,
          predict(models.detectWords, wordRow(sentence, columns))[1] ?? 0,
        ]),
      );
      return sigmoid(slope * logit(p) + offset);
    },
    detectByWords: (clause) => predict(models.detectWords, wordRow(clause, columns))[1] ?? 0,
    rankKinds(views) {
      const all = views.flatMap(({ sentence, vector }) => [
        predict(models.kindDense, denseRow(sentence, vector)),
        predict(models.kindWords, wordRow(sentence, columns)),
      ]);
      return kinds
        .map(({ predicate }, index) => ({
          component: componentOf(predicate),
          predicate,
          p: mean(all.map((p) => p[index] ?? 0)),
        }))
        .sort((a, b) => b.p - a.p);
    },
    polarity: (clause, predicate) =>
      (predict(models.polarity, polarityRow(clause, predicate, columns))[1] ?? 0) > 0.5 ? "neg" : "pos",
  };
}

/** Packs a model's weights as int8 with one scale per class. */
export function pack({ classes, inputs, weights }: LinearModel): z.infer<typeof Model> {
  const width = inputs + 1;
  const bytes = new Int8Array(weights.length);
  const scales: number[] = [];
  for (let c = 0; c < classes; c += 1) {
    const row = weights.subarray(c * width, (c + 1) * width);
    const scale = Math.max(1e-9, ...row.map(Math.abs)) / 127;
    scales.push(Number(scale.toPrecision(6)));
    for (const [i, weight] of row.entries()) bytes[c * width + i] = Math.round(weight / scale);
  }
  return { classes, inputs, scales, weights: Buffer.from(bytes.buffer).toString("base64") };
}

function unpack({ classes, inputs, scales, weights }: z.infer<typeof Model>): LinearModel {
  const bytes = Buffer.from(weights, "base64");
  const width = inputs + 1;
  const floats = Float32Array.from(
    { length: classes * width },
    (_, i) => bytes.readInt8(i) * (scales[Math.floor(i / width)] ?? 0),
  );
  return { classes, inputs, weights: floats };
}

export function logit(p: number): number {
  const safe = Math.min(1 - 1e-6, Math.max(1e-6, p));
  return Math.log(safe / (1 - safe));
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
