import { componentOf, type Kind, type Polarity } from "../grammar";
import type { Example } from "./examples";

export type Figures = {
  sentences: number;
  statements: number;
  precision: number;
  recall: number;
  f1: number;
  /** Half the width of the 95 % interval of F1, from documents drawn again with replacement. */
  f1Margin: number;
  component: number;
  predicate: number;
  topThree: number;
  /** Share of what is emitted that is a statement and of the right kind. */
  rightInBoth: number;
  polarity: number;
  /** Expected calibration error over ten bins. */
  ece: number;
  /** Precision where the confidence is at least .9, and how many those are. */
  sure: number;
  sureCount: number;
};

/** What a model says of a labelled sentence. */
export type Judged = { example: Example; p: number; ranked: (Kind & { p: number })[]; polarity: Polarity };

const sureAt = 0.9;
const draws = 200;

/** Judges answers on sentences the model was not fitted on; kinds and polarity are judged on true statements. */
export function figuresOf(rows: Judged[], threshold = 0.5): Figures {
  const claimed = rows.filter(({ p }) => p >= threshold);
  const statements = rows.filter(({ example }) => example.isStatement && example.predicate !== null);
  const signed = statements.filter(({ example }) => example.isNegative !== null);
  const isRight = ({ example, ranked: [first] }: Judged): boolean => first?.predicate === example.predicate;
  const sure = rows.filter(({ p }) => p >= sureAt);
  return {
    sentences: rows.length,
    statements: statements.length,
    ...detection(rows, threshold),
    f1Margin: marginOf(rows, threshold),
    component: share(statements, ({ example, ranked }) => likeliestComponent(ranked) === componentOf(example.predicate ?? "is")),
    predicate: share(statements, isRight),
    topThree: share(statements, ({ example, ranked }) => ranked.slice(0, 3).some(({ predicate }) => predicate === example.predicate)),
    rightInBoth: share(claimed, (row) => row.example.isStatement && isRight(row)),
    polarity: share(signed, ({ example, polarity }) => (polarity === "neg") === example.isNegative),
    ece: calibrationError(rows),
    sure: share(sure, ({ example }) => example.isStatement),
    sureCount: sure.length,
  };
}

/** The first kind's: what is stored and shown. */
function likeliestComponent([first]: Judged["ranked"]): string | undefined {
  return first?.component;
}

function detection(rows: Judged[], threshold: number): { precision: number; recall: number; f1: number } {
  const hits = rows.filter(({ example, p }) => p >= threshold && example.isStatement).length;
  const claimed = rows.filter(({ p }) => p >= threshold).length;
  const statements = rows.filter(({ example }) => example.isStatement).length;
  return {
    precision: hits / Math.max(1, claimed),
    recall: hits / Math.max(1, statements),
    f1: (2 * hits) / Math.max(1, claimed + statements),
  };
}

/** Documents are drawn, not sentences: those of one document are alike. The draws are the same every time. */
function marginOf(rows: Judged[], threshold: number): number {
  const documents = [...grouped(rows, ({ example }) => `${example.file} ${example.document}`).values()];
  let state = 1;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const values = Array.from({ length: draws }, () => {
    const drawn = documents.flatMap(() => documents[Math.floor(next() * documents.length)] ?? []);
    return detection(drawn, threshold).f1;
  }).sort((a, b) => a - b);
  return ((values[Math.floor(draws * 0.975)] ?? 0) - (values[Math.floor(draws * 0.025)] ?? 0)) / 2;
}

/** Rows under the keys they have, in the order in which each key came first. */
export function grouped<T>(rows: T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

function share<T>(rows: T[], isRight: (row: T) => boolean): number {
  return rows.filter(isRight).length / Math.max(1, rows.length);
}

function calibrationError(rows: Judged[]): number {
  let error = 0;
  for (let bin = 0; bin < 10; bin += 1) {
    const inside = rows.filter(({ p }) => Math.min(9, Math.floor(p * 10)) === bin);
    const gap = inside.reduce((sum, { p, example }) => sum + p - (example.isStatement ? 1 : 0), 0);
    error += Math.abs(gap) / Math.max(1, rows.length);
  }
  return error;
}
