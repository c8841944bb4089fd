import { newId } from "@/lib/ids";
import { countTokens } from "@/lib/models/count-tokens";
import { packedVectorBytes } from "@/lib/models/vector";
import { centroids } from "./centroids";
import { type Component, components } from "./grammar";
import { buildGraph, draftThreshold, type Graph, type GraphPrimitive, graphHash } from "./graph";
import { type Overrides, withOverride } from "./primitive-overrides";
import { parseStatements, type Source, type StatementPage, type StoredStatement } from "./read-statements";

export type GraphInput = { pages: StatementPage[]; sources: Source[]; faceNames: string[]; overrides: Overrides };

export type ComponentCounts = Record<Component, number>;

/** A linked graph as it goes into the database: rows as JSON, in batches that do not hold up the event loop. */
export type LinkedGraph = {
  keys: string;
  primitives: string[];
  members: string[];
  edges: string[];
  concepts: string;
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

const batchRows = 1000;

/** Builds a face's graph out of its stored statements. Runs in a compute thread. */
export function linkStatements(input: GraphInput): LinkedGraph {
  const statements = parseStatements(input.pages, input.sources);
  const graph = buildGraph(statements, draftThreshold, input.faceNames);
  const { primitives, edges, concepts } = graph;
  return {
    keys: JSON.stringify(primitives.map(({ key }) => key)),
    primitives: batches(primitives, toRow),
    members: batches(membersOf(graph, statements), (pair) => pair),
    edges: batches(edges, (edge) => edge),
    concepts: JSON.stringify(concepts.map(({ key, kind, name }) => ({ id: newId("concept"), key, kind, name }))),
    about: batches(
      concepts.flatMap(({ key: concept, primitives: keys }) => keys.map((primitive) => ({ concept, primitive }))),
      (pair) => pair,
    ),
    hash: graphHash(graph, statements),
    profile: measureProfile(primitives.map((primitive) => withOverride(primitive, input.overrides[primitive.key]))),
  };
}

/** The profile of primitives as the database tells them: JSON and the vectors behind each other. */
export function measureStoredProfile({ json, vectors }: StatementPage): Profile {
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

function toRow({ members: _members, vector, ...primitive }: GraphPrimitive) {
  return { ...primitive, id: newId("primitive"), vector: Buffer.from(vector).toString("base64") };
}

function membersOf({ primitives }: Graph, statements: StoredStatement[]): { id: string; key: string }[] {
  return primitives.flatMap(({ key, members }) =>
    members.flatMap((member) => {
      const id = statements[member]?.id;
      return id === undefined ? [] : [{ id, key }];
    }),
  );
}

function batches<T>(rows: T[], toJson: (row: T) => unknown): string[] {
  return Array.from({ length: Math.ceil(rows.length / batchRows) }, (_each, at) =>
    JSON.stringify(rows.slice(at * batchRows, (at + 1) * batchRows).map(toJson)),
  );
}
