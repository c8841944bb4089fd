import { aboutLogit, type Calibration, denseLength, denseRow, logit, pack, polarityExtras, polarityRow, type Weights, wordRow } from "../classifier";
import { wordTerms } from "../features";
import { kinds } from "../grammar";
import type { Encoded } from "@/lib/models/encoder";
import { aboutTerms } from "../face-mention-terms";
import type { LinearModel } from "../linear-model";
import { sentenceRow } from "../sentence-net";
import type { TextShape } from "../text-shape";
import { embedCached } from "./embed-cached";
import type { Example } from "./examples";
import { fitNet, type NetRow } from "./fit-net";
import { pairFiles } from "./folds";
import { fitLogistic } from "./logistic";
import { prepareMatrices } from "./matrix";
import { fitProjection, projectAll } from "./project";

export type Embedded = Example & { encoded: Encoded; pieces: Float32Array };
/** Examples with their vectors, and the principal components of all their pieces, which no label had a part in. */
export type Prepared = { examples: Embedded[]; projection: LinearModel };

/** Seeds of the nets whose answers are averaged. */
const netSeeds = [20_011, 4_177];

export async function prepare(examples: Example[]): Promise<Prepared> {
  await prepareMatrices();
  const encoded = await embedCached(examples.map(({ sentence }) => sentence));
  const states = encoded.map((text) => text.states);
  const projection = fitProjection(states);
  const pieces = projectAll(projection, states);
  return {
    projection,
    examples: examples.map((example, index) => ({
      ...example,
      encoded: encoded[index] ?? { vector: new Float32Array(0), pooled: new Float32Array(0), states: new Float32Array(0) },
      pieces: pieces[index] ?? new Float32Array(0),
    })),
  };
}

/**
 * How much a sentence counts for detection; whole documents count 1.
 *
 * The near-identical pairs are nearly all statements and their few others look just like them: they would
 * bend the base rate and teach that "I hate …" is nothing. The documents hold one short statement among
 * seventeen short sentences, so plain ones count more.
 */
const sentenceWeights: Record<string, { statement: number; other: number }> = {
  ...Object.fromEntries(pairFiles.map((file) => [file, { statement: 0.2, other: 0.4 }])),
  plain: { statement: 2, other: 2 },
};
const minTermCount = 4;

/**
 * Fits every model on the examples; calibration is left neutral.
 *
 * @param nets how many nets are averaged: one does to measure and to calibrate
 */
export function fit({ examples, projection }: Prepared, version: string, nets = netSeeds.length): Weights {
  const sentences = examples.filter((example) => !example.isRendering);
  const statements = examples.filter((example) => example.isStatement && example.predicate !== null);
  const terms = commonTerms(examples);
  const columns = new Map(terms.map((term, index) => [term, index]));
  const isStatement = sentences.map((example) => (example.isStatement ? 1 : 0));
  const weightOf = (index: number): number => {
    const example = sentences[index];
    const weights = sentenceWeights[example?.file ?? ""];
    return !example || !weights ? 1 : example.isStatement ? weights.statement : weights.other;
  };
  const kindOf = statements.map((example) => kinds.findIndex(({ predicate }) => predicate === example.predicate));
  const signed = statements.filter((example) => example.isNegative !== null && !example.isRendering);
  return {
    version,
    terms,
    detectDense: pack(fitLogistic(sentences.map(dense), isStatement, 2, denseLength, { epochs: 20, decay: 6e-3, weightOf })),
    detectWords: pack(fitLogistic(sentences.map((e) => wordRow(e.sentence, columns)), isStatement, 2, terms.length, { epochs: 12, decay: 1e-3, weightOf })),
    kindWords: pack(fitLogistic(statements.map((e) => wordRow(e.sentence, columns)), kindOf, kinds.length, terms.length, { epochs: 12, decay: 1e-3 })),
    polarity: pack(
      fitLogistic(
        signed.map((e) => polarityRow(e.sentence, e.predicate ?? "is", columns)),
        signed.map((e) => (e.isNegative ? 1 : 0)),
        2,
        terms.length + polarityExtras,
        { epochs: 15, decay: 2e-3 },
      ),
    ),
    projection: pack(projection),
    nets: netSeeds.slice(0, nets).map((seed) => {
      const net = fitNet(netRows(examples), projection, { seed });
      return { pieces: pack(net.pieces), sentence: pack(net.sentence), output: pack(net.output) };
    }),
    ...fitAbout(examples),
    calibration: { first: neutral, third: neutral },
  };
}

function netRows(examples: Embedded[]): NetRow[] {
  return examples.flatMap(({ encoded, pieces, isStatement, predicate, isRendering, file }) => {
    const weights = sentenceWeights[file];
    const detectWeight = isRendering || file === "prototypes" ? 0 : !weights ? 1 : isStatement ? weights.statement : weights.other;
    const kind = isStatement ? kinds.findIndex((known) => known.predicate === predicate) : -1;
    return kind < 0 && detectWeight === 0 ? [] : [{ pieces, row: sentenceRow(encoded), kind, isStatement, detectWeight }];
  });
}

/** Paragraphs are shorter than the labelled documents, which tell none apart: both lengths are learned from. */
const paragraphLength = 4;

/** Fits the model that tells the face from others, on documents where both are marked. */
function fitAbout(examples: Embedded[]): Pick<Weights, "aboutTerms" | "about"> {
  const marked = paragraphsOf(examples).flatMap((rows) => {
    const face = rows[0]?.face;
    if (!face) return [];
    const whole = aboutTerms(rows.map(({ text }) => text), face);
    const parts = rows.flatMap((_, at) => (at % paragraphLength === 0 ? aboutTerms(rows.slice(at, at + paragraphLength).map(({ text }) => text), face) : []));
    return rows.flatMap(({ about }, index) => (about === "face" || about === "other" ? [whole[index] ?? [], parts[index] ?? []].map((terms) => ({ terms, isFace: about === "face" })) : []));
  });
  const counts = new Map<string, number>();
  for (const { terms } of marked) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const known = [...counts].filter(([, count]) => count >= 8).map(([term]) => term).sort();
  const columns = new Map(known.map((term, index) => [term, index]));
  const rows = marked.map(({ terms }) => Int32Array.from(terms.flatMap((term) => columns.get(term) ?? [])));
  const labels = marked.map(({ isFace }) => (isFace ? 1 : 0));
  return { aboutTerms: known, about: pack(fitLogistic(rows, labels, 2, known.length, { epochs: 12, decay: 2e-3 })) };
}

/** Documents in the third person in which somebody marked whom each sentence is about. */
export function paragraphsOf<T extends Example>(examples: T[]): T[][] {
  const documents = new Map<string, T[]>();
  for (const example of examples) {
    if (example.isRendering || example.face === null || example.about === null || pairFiles.includes(example.file)) continue;
    const key = `${example.file} ${example.document}`;
    documents.set(key, [...(documents.get(key) ?? []), example]);
  }
  return [...documents.values()];
}

/** Leaves the mean of the models as it is. */
export const neutral: Calibration = { slope: 1, about: 0, past: 0, length: 0, offset: 0 };

export type Scored = { p: number; aboutFace?: number | undefined; shape: TextShape; isStatement: boolean };

/** Fits slope and offset so that probabilities on left-out documents mean what they say (Platt 1999). */
export function calibrate(scored: Scored[]): Weights["calibration"] {
  return {
    first: fitCalibration(scored.filter(({ aboutFace }) => aboutFace === undefined)),
    third: fitCalibration(scored.filter(({ aboutFace }) => aboutFace !== undefined)),
  };
}

function fitCalibration(scored: Scored[]): Calibration {
  const inputs = 4;
  const rows = scored.map(({ p, aboutFace = 0.5, shape }) => Float32Array.of(logit(p), aboutLogit(aboutFace), shape.past, aboutFace === 0.5 ? shape.length : 0));
  const labels = scored.map(({ isStatement }) => (isStatement ? 1 : 0));
  const { weights } = fitLogistic(rows, labels, 2, inputs, { epochs: 60, decay: 1e-4 });
  const [slope = 0, about = 0, past = 0, length = 0, offset = 0] = Array.from({ length: inputs + 1 }, (_, i) =>
    Number(((weights[inputs + 1 + i] ?? 0) - (weights[i] ?? 0)).toFixed(4)),
  );
  return { slope, about, past, length, offset };
}

function dense(example: Embedded): Float32Array {
  return denseRow(example.sentence, example.encoded.vector);
}

function commonTerms(examples: Example[]): string[] {
  const counts = new Map<string, number>();
  for (const example of examples) for (const term of wordTerms(example.sentence)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= minTermCount).map(([term]) => term).sort();
}
