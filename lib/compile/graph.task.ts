import { newId } from "@/lib/ids";
import { countTokens } from "@/lib/models/count-tokens";
import { packedVectorBytes } from "@/lib/models/vector";
import { centroids } from "./centroids";
import { type Component, components } from "./grammar";
import { buildGraph, draftThreshold, type Graph, graphHash } from "./graph";
import { type Overrides, withOverride } from "./primitive-overrides";
import { parseStatements, type Source, type StatementPage, type StoredStatement } from "./read-statements";

export type GraphInput = {
  pages: StatementPage[];
  sources: Source[];
  faceNames: string[];
  overrides: Overrides;
  /** JSON: ids of the primitives and concepts that are stored, by key; they keep them */
  ids: string;
};

export type ComponentCounts = Record<Component, number>;

/** A linked graph as it goes into the database: rows as JSON, in batches that do not hold up the event loop. */
export type LinkedGraph = {
  /** ids of all primitives, and names of all edges: the others go */
  kept: { primitives: string; edges: string; concepts: string; about: string };
  primitives: string[];
  members: string[];
  edges: string[];
  concepts: string[];
  about: string[];
  hash: string;
  profile: Profile;
};

/** What is measured of the active primitives, as their owner has them. */
export type Profile = {
  counts: ComponentCounts;
  tokens: number;
  /** lib/compile/centroids.ts */
  centroids: Uint8Array<ArrayBuffer>;
};

const batchRows = 500;

/** Builds a face's graph out of its stored statements. Runs in a compute thread. */
export function linkStatements(input: GraphInput): LinkedGraph {
  const statements = parseStatements(input.pages, input.sources);
  const graph = buildGraph(statements, draftThreshold, input.faceNames);
  const rows = toRows(graph, statements, JSON.parse(input.ids) as Record<string, string>);
  return {
    kept: {
      primitives: JSON.stringify(rows.primitives.map(({ id }) => id)),
      edges: JSON.stringify(rows.edges.map(({ from, to, kind }) => `${from} ${to} ${kind}`)),
      concepts: JSON.stringify(rows.concepts.map(({ id }) => id)),
      about: JSON.stringify(rows.about.map(({ primitive, concept }) => `${primitive} ${concept}`)),
    },
    primitives: batches(rows.primitives),
    members: batches(rows.members),
    edges: batches(rows.edges),
    concepts: batches(rows.concepts),
    about: batches(rows.about),
    hash: graphHash(graph, statements),
    profile: measureProfile(
      graph.primitives.map((primitive) => withOverride(primitive, input.overrides[primitive.key])),
    ),
  };
}

/** Rows with the ids under which they are stored, so that writing them needs no look-up. */
function toRows({ primitives, edges, concepts }: Graph, statements: StoredStatement[], stored: Record<string, string>) {
  const ids = new Map(primitives.map(({ key }) => [key, stored[key] ?? newId("primitive")]));
  const idOf = (key: string) => ids.get(key) ?? "";
  const named = concepts.map((concept) => ({ ...concept, id: stored[concept.key] ?? newId("concept") }));
  return {
    primitives: primitives.map(({ members: _members, vector, ...primitive }) => ({
      ...primitive,
      id: idOf(primitive.key),
      vector: Buffer.from(vector).toString("base64"),
    })),
    members: primitives.flatMap(({ key, members }) =>
      members.map((member) => ({ id: statements[member]?.id ?? "", primitive: idOf(key) })),
    ),
    edges: edges.map(({ from, to, ...edge }) => ({ ...edge, from: idOf(from), to: idOf(to) })),
    concepts: named.map(({ id, key, kind, name }) => ({ id, key, kind, name })),
    about: named.flatMap(({ id, primitives: keys }) => keys.map((key) => ({ concept: id, primitive: idOf(key) }))),
  };
}

/** The profile of primitives as the database tells them: JSON and the vectors behind each other. */
export function measureStoredProfile({ json, vectors }: { json: string; vectors: Uint8Array }): Profile {
  const rows = JSON.parse(json) as { component: string; statement: string; state: string }[];
  return measureProfile(
    rows.map((row, at) => ({
      ...row,
      vector: vectors.subarray(at * packedVectorBytes, (at + 1) * packedVectorBytes),
    })),
  );
}

/** Counts, tokens and centroids of primitives as their owner has them, sorted by key. */
export function measureProfile(
  primitives: { component: string; statement: string; state: string; vector: Uint8Array }[],
): Profile {
  const active = primitives.filter(({ state }) => state === "active");
  const shown = primitives.filter(({ state }) => state !== "disabled");
  const count = (component: Component) => shown.filter((each) => each.component === component).length;
  return {
    counts: Object.fromEntries(components.map((component) => [component, count(component)])) as ComponentCounts,
    tokens: countTokens(active.map(({ statement }) => statement).join("\n")),
    centroids: centroids(active),
  };
}

function batches(rows: unknown[]): string[] {
  return Array.from({ length: Math.ceil(rows.length / batchRows) }, (_each, at) =>
    JSON.stringify(rows.slice(at * batchRows, (at + 1) * batchRows)),
  );
}
