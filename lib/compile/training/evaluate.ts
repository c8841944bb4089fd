import type { Classifier, View } from "../classifier";
import { componentOf } from "../grammar";
import type { Example } from "./examples";

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

/** A labelled sentence with the views the engine would judge it by: itself, then its rendered clause. */
export type Judged = { example: Example; views: View[] };

/** Judges weights on sentences they were not fitted on; kinds and polarity are judged on true statements. */
export function evaluate(model: Classifier, judged: Judged[], threshold = 0.5): Figures {
  const rows = judged.map((entry) => ({ ...entry, p: model.detect(entry.views) }));
  const hits = rows.filter(({ example, p }) => p >= threshold && example.isStatement).length;
  const claimed = rows.filter(({ p }) => p >= threshold).length;
  const statements = rows.filter(({ example }) => example.isStatement && example.predicate !== null);
  const ranked = statements.map(({ example, views }) => ({ example, clause: views.at(-1)?.sentence ?? "", kinds: model.rankKinds(views) }));
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
    polarity: share(({ example, clause }) => (model.polarity(clause, example.predicate ?? "is") === "neg") === example.isNegative),
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
