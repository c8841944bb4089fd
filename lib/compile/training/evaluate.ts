import { classifier, type Weights } from "../classifier";
import { componentOf } from "../grammar";
import type { Embedded } from "./fit";

export type Figures = {
  sentences: number;
  precision: number;
  recall: number;
  f1: number;
  component: number;
  predicate: number;
  topThree: number;
  polarity: number;
  /** Expected calibration error over ten bins. */
  ece: number;
};

/** Judges weights on sentences they were not fitted on; kinds and polarity are judged on true statements. */
export function evaluate(weights: Weights, examples: Embedded[], threshold = 0.5): Figures {
  const model = classifier(weights);
  const rows = examples.filter((example) => !example.isRendering).map((example) => ({ example, p: model.detect(example.sentence, example.vector) }));
  const hits = rows.filter(({ example, p }) => p >= threshold && example.isStatement).length;
  const claimed = rows.filter(({ p }) => p >= threshold).length;
  const statements = rows.map(({ example }) => example).filter(({ isStatement, predicate }) => isStatement && predicate !== null);
  const ranked = statements.map((example) => ({ example, kinds: model.rankKinds(example.sentence, example.vector) }));
  const share = (isRight: (row: (typeof ranked)[number]) => boolean): number => ranked.filter(isRight).length / Math.max(1, ranked.length);
  const precision = hits / Math.max(1, claimed);
  const recall = hits / Math.max(1, statements.length);
  return {
    sentences: rows.length,
    precision,
    recall,
    f1: (2 * precision * recall) / Math.max(1e-9, precision + recall),
    component: share(({ example, kinds: [first] }) => first?.component === componentOf(example.predicate ?? "is")),
    predicate: share(({ example, kinds: [first] }) => first?.predicate === example.predicate),
    topThree: share(({ example, kinds }) => kinds.slice(0, 3).some(({ predicate }) => predicate === example.predicate)),
    polarity: share(({ example }) => (model.polarity(example.sentence, example.predicate ?? "is") === "neg") === example.isNegative),
    ece: calibrationError(rows.map(({ example, p }) => ({ p, isStatement: example.isStatement }))),
  };
}

function calibrationError(rows: { p: number; isStatement: boolean }[]): number {
  let error = 0;
  for (let bin = 0; bin < 10; bin += 1) {
    const inside = rows.filter(({ p }) => Math.min(9, Math.floor(p * 10)) === bin);
    const gap = inside.reduce((sum, { p, isStatement }) => sum + p - (isStatement ? 1 : 0), 0);
    error += Math.abs(gap) / Math.max(1, rows.length);
  }
  return error;
}
