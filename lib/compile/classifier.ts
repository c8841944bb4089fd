import { z } from "zod";
import type { Encoded } from "@/lib/models/encoder";
import { vectorDimensions } from "@/lib/models/vector";
import { aboutTerms } from "./face-mention-terms";
import { lexicalFeatures, lexicalLength, wordTerms } from "./features";
import { componentOf, type Kind, kinds, type Polarity, type Predicate } from "./grammar";
import type { FaceNames } from "./first-person";
import { type LinearModel, predict } from "./linear-model";
import { polarityOf } from "./qualifiers";
import { runNet, type SentenceNet } from "./sentence-net";
import { type TextShape, usualShape } from "./text-shape";

/** Brings the vector's small components to the scale of the other features, so that one decay suits all. */
const vectorScale = 10;
export const denseLength = vectorDimensions + lexicalLength;
/** Columns after the words: the predicate, whether the rule says "not", and that for each predicate. */
export const polarityExtras = 2 * kinds.length + 1;

const Model = z.object({ classes: z.int(), inputs: z.int(), scales: z.array(z.number()), weights: z.string() });
/** p = 1 / (1 + exp(−(slope · logit + about · logit of aboutFace + past · past + length · length + offset))), fitted on documents left out. */
const Calibration = z.object({
  slope: z.number(),
  about: z.number(),
  past: z.number(),
  length: z.number(),
  offset: z.number(),
});
export type Calibration = z.infer<typeof Calibration>;
/** The file written by `npm run train:extract`. */
export const Weights = z.object({
  version: z.string(),
  terms: z.array(z.string()),
  detectDense: Model,
  detectWords: Model,
  kindWords: Model,
  polarity: Model,
  /** Principal components of the encoder's states, shared by the nets. */
  projection: Model,
  nets: z.array(z.object({ pieces: Model, sentence: Model, output: Model })),
  aboutTerms: z.array(z.string()),
  about: Model,
  calibration: z.object({ first: Calibration, third: Calibration }),
});
export type Weights = z.infer<typeof Weights>;

/** A wording and what the encoder made of it. A sentence is judged by several: itself and its rendered clause. */
export type View = { sentence: string; encoded: Encoded };

export type Classifier = {
  version: string;
  /**
   * Calibrated probability that the views state something lasting about the face.
   *
   * @param aboutFace of a sentence in the third person: see `aboutFace`
   * @param shape of the text around
   */
  detect(views: View[], aboutFace?: number, shape?: TextShape): number;
  /** How likely each sentence of a paragraph about the face is about the face, and not about somebody else or nobody. */
  aboutFace(sentences: string[], face: FaceNames): number[];
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

/**
 * How much each model's word counts where they are averaged: detection by the plain mean, kinds by the geometric
 * one and without the linear model of the vector, which only blurs them (+2 points of component and predicate).
 */
const shares = { dense: 1, words: 1, nets: 2 };
/** No single model rules a kind out. */
const leastKind = 1e-4;

/** Makes a classifier of trained weights: each decision is the mean of several models over all views. */
export function classifier(input: unknown): Classifier {
  const weights = Weights.parse(input);
  const columns = new Map(weights.terms.map((term, index) => [term, index]));
  const aboutColumns = new Map(weights.aboutTerms.map((term, index) => [term, index]));
  const models = {
    detectDense: unpack(weights.detectDense),
    detectWords: unpack(weights.detectWords),
    kindWords: unpack(weights.kindWords),
    polarity: unpack(weights.polarity),
    about: unpack(weights.about),
  };
  const projection = unpack(weights.projection);
  const nets = weights.nets.map(({ pieces, sentence, output }): SentenceNet => ({
    projection,
    pieces: unpack(pieces),
    sentence: unpack(sentence),
    output: unpack(output),
  }));
  const answersOf = remembered((encoded: Encoded) => nets.map((net) => runNet(net, encoded)));
  const netShare = shares.nets / Math.max(1, nets.length);
  return {
    version: weights.version,
    detect(views, aboutFace, shape = usualShape) {
      const p = weightedMean(
        views.flatMap(({ sentence, encoded }): Weighted[] => [
          [predict(models.detectDense, denseRow(sentence, encoded.vector))[1] ?? 0, shares.dense],
          [predict(models.detectWords, wordRow(sentence, columns))[1] ?? 0, shares.words],
          ...answersOf(encoded).map(({ statement }): Weighted => [statement, netShare]),
        ]),
      );
      return aboutFace === undefined
        ? calibrated(weights.calibration.first, p, undefined, shape)
        : calibrated(weights.calibration.third, p, aboutFace, shape);
    },
    aboutFace: (sentences, face) =>
      aboutTerms(sentences, face).map(
        (terms) =>
          predict(models.about, Int32Array.from(terms.flatMap((term) => aboutColumns.get(term) ?? [])))[1] ?? 0,
      ),
    detectByWords: (clause) => predict(models.detectWords, wordRow(clause, columns))[1] ?? 0,
    rankKinds(views) {
      const all = views.flatMap(({ sentence, encoded }): [Float64Array, number][] => [
        [predict(models.kindWords, wordRow(sentence, columns)), shares.words],
        ...answersOf(encoded).map((answer): [Float64Array, number] => [answer.kinds, netShare]),
      ]);
      const powers = kinds.map((_, index) =>
        Math.exp(
          weightedMean(all.map(([p, share]): Weighted => [Math.log(Math.max(leastKind, p[index] ?? 0)), share])),
        ),
      );
      const sum = powers.reduce((total, power) => total + power, 0);
      return kinds
        .map(({ predicate }, index) => ({
          component: componentOf(predicate),
          predicate,
          p: (powers[index] ?? 0) / sum,
        }))
        .sort((a, b) => b.p - a.p);
    },
    polarity: (clause, predicate) =>
      (predict(models.polarity, polarityRow(clause, predicate, columns))[1] ?? 0) > 0.5 ? "neg" : "pos",
  };
}

/** A sentence is asked for detection twice and for its kind once: the nets run once. */
function remembered<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const values = new WeakMap<K, V>();
  return (key) => {
    const known = values.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    values.set(key, made);
    return made;
  };
}

/** Applies a calibration to the mean of the models. */
export function calibrated(
  { slope, about, past, length, offset }: Calibration,
  p: number,
  aboutFace = 0.5,
  shape: TextShape = usualShape,
): number {
  return sigmoid(slope * logit(p) + about * aboutLogit(aboutFace) + past * shape.past + length * shape.length + offset);
}

/** Whom a sentence is about is never quite sure, and never decides alone. */
export function aboutLogit(aboutFace: number): number {
  return logit(Math.min(0.97, Math.max(0.03, aboutFace)));
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

type Weighted = [value: number, share: number];

function weightedMean(values: Weighted[]): number {
  const shared = values.reduce((sum, [, share]) => sum + share, 0);
  return values.reduce((sum, [value, share]) => sum + value * share, 0) / Math.max(1e-9, shared);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
