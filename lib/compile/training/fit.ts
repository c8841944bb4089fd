import { denseLength, denseRow, logit, pack, polarityExtras, polarityRow, type Weights, wordRow } from "../classifier";
import { wordTerms } from "../features";
import { kinds } from "../grammar";
import type { Example } from "./examples";
import { fitLogistic } from "./logistic";

export type Embedded = Example & { vector: Float32Array };

/**
 * How much a sentence counts for detection; whole documents count 1.
 *
 * The near-identical pairs are nearly all statements and their few others look just like them: they would
 * bend the base rate and teach that "I hate …" is nothing. The documents hold one short statement among
 * seventeen short sentences, so plain ones count more.
 */
const sentenceWeights: Record<string, { statement: number; other: number }> = {
  ...Object.fromEntries([..."GHIJKL"].map((file) => [file, { statement: 0.2, other: 0.4 }])),
  plain: { statement: 2, other: 2 },
};
const minTermCount = 4;

/**
 * Fits every model on the examples; calibration is left neutral.
 *
 * @param withKinds false leaves the models of kind and polarity blank: they take most of the time
 */
export function fit(examples: Embedded[], version: string, withKinds = true): Weights {
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
    kindDense: pack(fitLogistic(statements.map(dense), kindOf, kinds.length, denseLength, { epochs: withKinds ? 15 : 0, decay: 5e-4 })),
    kindWords: pack(fitLogistic(statements.map((e) => wordRow(e.sentence, columns)), kindOf, kinds.length, terms.length, { epochs: withKinds ? 12 : 0, decay: 1e-3 })),
    polarity: pack(
      fitLogistic(
        signed.map((e) => polarityRow(e.sentence, e.predicate ?? "is", columns)),
        signed.map((e) => (e.isNegative ? 1 : 0)),
        2,
        terms.length + polarityExtras,
        { epochs: withKinds ? 15 : 0, decay: 2e-3 },
      ),
    ),
    calibration: { slope: 1, offset: 0 },
  };
}

/** Fits slope and offset so that probabilities on left-out documents mean what they say (Platt 1999). */
export function calibrate(scored: { p: number; isStatement: boolean }[]): Weights["calibration"] {
  const rows = scored.map(({ p }) => Float32Array.of(logit(p)));
  const model = fitLogistic(rows, scored.map(({ isStatement }) => (isStatement ? 1 : 0)), 2, 1, { epochs: 30, decay: 0 });
  const [slope0 = 0, offset0 = 0, slope1 = 0, offset1 = 0] = model.weights;
  return { slope: Number((slope1 - slope0).toFixed(4)), offset: Number((offset1 - offset0).toFixed(4)) };
}

function dense(example: Embedded): Float32Array {
  return denseRow(example.sentence, example.vector);
}

function commonTerms(examples: Example[]): string[] {
  const counts = new Map<string, number>();
  for (const example of examples) for (const term of wordTerms(example.sentence)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= minTermCount).map(([term]) => term).sort();
}
