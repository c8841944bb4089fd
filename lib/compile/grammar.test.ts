import { expect, test } from "vitest";
import { componentOf, kinds, Statement } from "./grammar";

const statement: Statement = {
  component: "beta",
  predicate: "likes",
  polarity: "neg",
  statement: "I hate crowds when I am tired.",
  object: "crowds",
  condition: "when I am tired",
  reason: null,
  strength: null,
  confidence: 0.9,
  alternatives: [],
  start: 3,
  end: 9,
  quote: "crowds",
};

test("has 24 kinds with names of their own", () => {
  expect(new Set(kinds.map(({ predicate }) => predicate)).size).toBe(24);
  for (const { component, predicate } of kinds) expect(componentOf(predicate)).toBe(component);
});

test("refuses a predicate of another component and a quote that does not fit its offsets", () => {
  expect(Statement.safeParse(statement).success).toBe(true);
  expect(Statement.safeParse({ ...statement, component: "alpha" }).success).toBe(false);
  expect(Statement.safeParse({ ...statement, end: 10 }).success).toBe(false);
});
