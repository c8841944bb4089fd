import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packVector, vectorDimensions } from "@/lib/models/vector";
import { buildGraph, graphHash, type GraphStatement } from "./graph";
import type { Statement } from "./grammar";

const objects = [
  "crowds",
  "loud crowds",
  "rainy mornings",
  "my first impression of people",
  "bells",
  "trains at night",
];

function statement(object: string, rest: Partial<Statement> & { documentKey?: string } = {}): GraphStatement {
  const { documentKey = "a", ...fields } = rest;
  const quote = `I like ${object}.`;
  const vector = new Float32Array(vectorDimensions).fill(0);
  vector[object.length % vectorDimensions] = 1;
  return {
    documentKey,
    vector: packVector(vector),
    statement: {
      component: "beta",
      predicate: "likes",
      polarity: "pos",
      statement: quote,
      object,
      condition: null,
      reason: null,
      strength: null,
      confidence: 0.8,
      alternatives: [],
      start: 0,
      end: quote.length,
      quote,
      ...fields,
    },
  };
}

const anyStatement = fc
  .record({
    object: fc.constantFrom(...objects),
    polarity: fc.constantFrom("pos" as const, "neg" as const),
    condition: fc.constantFrom(null, "when tired"),
    confidence: fc.integer({ min: 1, max: 99 }).map((n) => n / 100),
    documentKey: fc.constantFrom("a", "b", "c"),
    start: fc.integer({ min: 0, max: 500 }),
  })
  .map(({ object, ...rest }) => {
    const made = statement(object, rest);
    made.statement.end = made.statement.start + made.statement.quote.length;
    return made;
  });

const hash = (statements: GraphStatement[]) => graphHash(buildGraph(statements, 0.6), statements);

describe("buildGraph", () => {
  test("makes one primitive of two sentences that say the same, with both as its sources", () => {
    const { primitives } = buildGraph([statement("the crowds", { documentKey: "b" }), statement("crowds")], 0.6);
    expect(primitives).toHaveLength(1);
    expect(primitives[0]).toMatchObject({ members: [1, 0], state: "active" });
    expect(primitives[0]?.confidence).toBeCloseTo(0.96);
  });

  test("never merges opposites: they are two primitives in tension", () => {
    const { primitives, edges } = buildGraph([statement("crowds"), statement("crowds", { polarity: "neg" })], 0.6);
    expect(primitives).toHaveLength(2);
    expect(edges).toMatchObject([{ kind: "tension" }]);
  });

  test("sees no tension between opposites under different conditions", () => {
    const tired = statement("crowds", { polarity: "neg", condition: "when I am tired" });
    const { edges } = buildGraph([statement("crowds", { condition: "on holiday" }), tired], 0.6);
    expect(edges.filter(({ kind }) => kind === "tension")).toEqual([]);
  });

  test("sees a tension across kinds when nearly the same words are denied", () => {
    const denied = statement("my first impression of people", {
      component: "delta",
      predicate: "doubts",
      polarity: "neg",
    });
    const { edges } = buildGraph([statement("my first impression of people"), denied], 0.6);
    expect(edges).toMatchObject([{ kind: "tension" }]);
  });

  test("does not depend on the order of the statements", () => {
    fc.assert(
      fc.property(fc.array(anyStatement, { maxLength: 40 }), fc.integer(), (statements, seed) => {
        const shuffled = [...statements].sort(
          (a, b) => ((a.statement.start * seed) % 7) - ((b.statement.start * seed) % 7),
        );
        expect(hash(shuffled)).toBe(hash(statements));
      }),
    );
  });

  test("of what remains after a deletion equals the graph of the rest", () => {
    fc.assert(
      fc.property(fc.array(anyStatement, { maxLength: 40 }), fc.constantFrom("a", "b", "c"), (statements, gone) => {
        const rest = statements.filter(({ documentKey }) => documentKey !== gone);
        const graph = buildGraph(rest, 0.6);
        const keys = new Set(graph.primitives.map(({ key }) => key));
        const before = buildGraph(statements, 0.6).primitives;
        // no primitive of the rest is called otherwise than before: ids and edits of the owner stay
        expect([...keys].every((key) => before.some((primitive) => primitive.key === key))).toBe(true);
      }),
    );
  });

  test("links ten thousand statements in bounded time", () => {
    const many = Array.from({ length: 10_000 }, (_each, index) =>
      statement(`thing${index % 3000} place${index % 700} crowds`),
    );
    const started = performance.now();
    expect(buildGraph(many, 0.6).primitives.length).toBeGreaterThan(1000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
