import { createHash } from "node:crypto";
import { unpackVector } from "@/lib/models/vector";
import { type Edge, linkEdges } from "./graph-edges";
import { contentStems } from "./content-stems";
import type { Statement } from "./grammar";

/** A statement with where it comes from. `documentKey` is made of the document's content, never of its id. */
export type GraphStatement = { statement: Statement; documentKey: string; vector: Uint8Array };

/** A node: all statements that say the same. */
export type GraphPrimitive = Pick<
  Statement,
  | "component"
  | "predicate"
  | "polarity"
  | "statement"
  | "object"
  | "condition"
  | "reason"
  | "strength"
  | "confidence"
  | "alternatives"
> & {
  /** the same for the same content, whatever else is in the graph */
  key: string;
  state: "active" | "draft";
  /** 516 bytes: the embedding of `statement` */
  vector: Uint8Array;
  /** places in the list of statements that was given */
  members: number[];
};

export type Graph = { primitives: GraphPrimitive[]; edges: Edge[] };

/** Primitives of less confidence are drafts: kept and shown for review, not injected unless nothing better answers. */
export const draftThreshold = 0.6;

/** However many say it, nothing read by a machine is certain. */
const maxConfidence = 0.99;

/**
 * Groups statements into primitives and links them.
 *
 * It is a function of the set of statements: their order does not matter, and a graph without some of them is the
 * graph of the rest. Two statements are one when predicate, polarity, condition and the content words of their object
 * are the same: an equivalence, so that no statement decides where another one goes.
 *
 * @param draftThreshold primitives of less confidence wait for review
 */
export function buildGraph(statements: GraphStatement[], draftThreshold: number): Graph {
  const groups = new Map<string, { members: number[]; stems: string[] }>();
  statements.forEach(({ statement }, index) => {
    const stems = contentStems(statement.object === "" ? statement.statement : statement.object);
    const key = keyOf(statement, stems);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { members: [index], stems });
    else group.members.push(index);
  });
  const keys = [...groups.keys()].sort();
  const nodes = keys.flatMap((key) => {
    const group = groups.get(key);
    if (group === undefined) return [];
    const primitive = toPrimitive(key, group.members, statements, draftThreshold);
    return [{ primitive, stems: group.stems, vector: unpackVector(primitive.vector) }];
  });
  return { primitives: nodes.map(({ primitive }) => primitive), edges: linkEdges(nodes) };
}

function keyOf(statement: Statement, stems: string[]): string {
  const condition = contentStems(statement.condition ?? "");
  const parts = [statement.component, statement.predicate, statement.polarity, stems.join(" "), condition.join(" ")];
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
}

function toPrimitive(
  key: string,
  members: number[],
  statements: GraphStatement[],
  draftThreshold: number,
): GraphPrimitive {
  const ranked = members
    .flatMap((index) => {
      const entry = statements[index];
      return entry === undefined ? [] : [{ index, entry }];
    })
    .sort((a, b) => compare(a.entry, b.entry));
  const best = ranked[0]?.entry;
  if (best === undefined) throw new RangeError("A primitive has at least one statement.");
  const confidence = agreed(ranked.map(({ entry }) => entry));
  const { component, predicate, polarity, statement, object, condition, reason, strength, alternatives } =
    best.statement;
  return {
    key,
    component,
    predicate,
    polarity,
    statement,
    object,
    condition,
    reason,
    strength,
    alternatives,
    confidence,
    state: confidence < draftThreshold ? "draft" : "active",
    vector: best.vector,
    members: ranked.map(({ index }) => index),
  };
}

/** The surest first; ties by content alone, so that ids and times of upload decide nothing. */
function compare(a: GraphStatement, b: GraphStatement): number {
  return (
    b.statement.confidence - a.statement.confidence ||
    order(a.documentKey, b.documentKey) ||
    a.statement.start - b.statement.start ||
    order(a.statement.quote, b.statement.quote)
  );
}

/** By code units: the same on every machine. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Confidence of what several sentences say: within a document the surest counts, since one author repeats himself;
 * over documents they add up as independent witnesses (noisy-or).
 */
function agreed(entries: GraphStatement[]): number {
  const byDocument = new Map<string, number>();
  for (const { documentKey, statement } of entries) {
    byDocument.set(documentKey, Math.max(byDocument.get(documentKey) ?? 0, statement.confidence));
  }
  // sorted: a product of floats depends on its order
  const doubts = [...byDocument.values()].sort((a, b) => a - b).map((confidence) => 1 - confidence);
  const confidence = 1 - doubts.reduce((product, doubt) => product * doubt, 1);
  return byDocument.size === 1 ? confidence : Math.max(Math.min(confidence, maxConfidence), 1 - Math.min(...doubts));
}

/** A name for the content of a graph: equal graphs have equal hashes, whenever and in whatever order they were made. */
export function graphHash(graph: Graph, statements: GraphStatement[]): string {
  const primitives = graph.primitives.map(({ members, vector, ...primitive }) => ({
    ...primitive,
    vector: Buffer.from(vector).toString("base64"),
    members: members.map((index) => {
      const entry = statements[index];
      return entry && [entry.documentKey, entry.statement.start, entry.statement.end, entry.statement.quote];
    }),
  }));
  return createHash("sha256")
    .update(JSON.stringify({ primitives, edges: graph.edges }))
    .digest("hex");
}
