import { createHash } from "node:crypto";
import { byCodeUnits } from "@/lib/text-order";
import { type Concept, findConcepts } from "./concepts";
import type { Statement } from "./grammar";
import { type GraphForm, graphForm } from "./graph-form";
import { type Edge, linkEdges } from "./graph-edges";

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
  /** places in the list of statements that was given, the surest first */
  members: number[];
};

export type Graph = { primitives: GraphPrimitive[]; edges: Edge[]; concepts: Concept[] };

/** A primitive before it is linked. */
export type GraphNode = { primitive: GraphPrimitive; form: GraphForm };

/** Primitives of less confidence are drafts: kept and shown for review, not injected unless nothing better answers. */
export const draftThreshold = 0.6;

/** However many say it, nothing read by a machine is certain. */
const maxConfidence = 0.99;

/**
 * Groups statements into primitives, links them, and finds what they are about.
 *
 * It is a function of the set of statements: their order does not matter, and a graph without some of them is the
 * graph of the rest.
 *
 * @param draftThreshold primitives of less confidence wait for review
 * @param faceNames what the face is called: it is no concept of its own graph
 */
export function buildGraph(
  statements: GraphStatement[],
  draftThreshold: number,
  faceNames: readonly string[] = [],
): Graph {
  const nodes = groupStatements(statements, draftThreshold);
  const texts = nodes.map(({ primitive: { key, members } }) => ({
    key,
    texts: members.flatMap((member) => statements[member]?.statement.statement ?? []),
  }));
  return {
    primitives: nodes.map(({ primitive }) => primitive),
    edges: linkEdges(
      nodes.map(({ primitive: { key, predicate, vector }, form }) => ({ key, predicate, vector, form })),
    ),
    concepts: findConcepts(texts, faceNames),
  };
}

/**
 * The primitives of statements, sorted by key. Two statements are one when their canonical form is the same: an
 * equivalence, so that no statement decides where another one goes.
 */
export function groupStatements(statements: GraphStatement[], draftThreshold: number): GraphNode[] {
  const groups = new Map<string, { members: number[]; form: GraphForm }>();
  for (const [index, { statement }] of statements.entries()) {
    const form = graphForm(statement);
    const group = groups.get(form.key);
    if (group === undefined) groups.set(form.key, { members: [index], form });
    else group.members.push(index);
  }
  return [...groups]
    .sort(([a], [b]) => byCodeUnits(a, b))
    .map(([key, { members, form }]) => ({ primitive: toPrimitive(key, members, statements, draftThreshold), form }));
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
    byCodeUnits(a.documentKey, b.documentKey) ||
    a.statement.start - b.statement.start ||
    byCodeUnits(a.statement.quote, b.statement.quote) ||
    byCodeUnits(a.statement.statement, b.statement.statement)
  );
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
  const hash = createHash("sha256");
  for (const { members, vector, ...primitive } of graph.primitives) {
    const sources = members.map((index) => {
      const entry = statements[index];
      return entry && [entry.documentKey, entry.statement.start, entry.statement.end, entry.statement.quote];
    });
    hash.update(JSON.stringify({ ...primitive, sources })).update(vector);
  }
  return hash.update(JSON.stringify({ edges: graph.edges, concepts: graph.concepts })).digest("hex");
}
