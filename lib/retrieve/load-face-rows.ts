import { embedOverrides } from "@/lib/compile/embed-overrides";
import { faceStateAt } from "@/lib/compile/version-state";
import { toOverride, withOverride } from "@/lib/compile/primitive-overrides";
import { runTask } from "@/lib/compute/pool";
import type { Db, Prisma } from "@/lib/db/client";
import type { ConceptRow, EdgeRow, FaceRows, PrimitiveRow, SpanRow } from "./face-rows";

const loadTimeoutMs = 30_000;

const withQuotes = {
  statements: {
    select: { documentId: true, version: true, start: true, end: true, quote: true },
    orderBy: [{ confidence: "desc" }, { id: "asc" }],
  },
} satisfies Prisma.PrimitiveInclude;

/** Everything of a face that can be found, as `loadRowsOfFaces` has it. */
export async function loadFaceRows(db: Db, faceId: string): Promise<FaceRows> {
  return (await loadRowsOfFaces(db, [faceId])).rows;
}

/**
 * Everything of these faces that can be found, from the database: of each document the version that is in the graph.
 * What its owner changed wins over what was compiled. As many queries as for one face.
 */
export async function loadRowsOfFaces(
  db: Db,
  faceIds: string[],
): Promise<{ rows: FaceRows; documents: { id: string; faceId: string }[] }> {
  const faceId = { in: faceIds };
  const [compiled, primitives, edges, concepts] = await Promise.all([
    db.document.findMany({
      // pieces of versions that are not in the graph are stored too
      where: { faceId, compiledVersion: { not: null } },
      select: { id: true, faceId: true, compiledVersion: true },
    }),
    db.primitive.findMany({
      where: { faceId },
      include: withQuotes,
    }),
    loadEdges(db, faceIds),
    loadConcepts(db, faceIds),
  ]);
  const sources = compiled.map(({ id, compiledVersion }) => ({ documentId: id, version: compiledVersion ?? 0 }));
  const rows = { spans: await loadSpans(db, sources), primitives: primitives.map(toRow), edges, concepts };
  return { rows, documents: compiled.map(({ id, faceId: owner }) => ({ id, faceId: owner })) };
}

type StoredPrimitive = Prisma.PrimitiveGetPayload<{ include: typeof withQuotes }>;

function toRow(row: StoredPrimitive): PrimitiveRow {
  const shown = withOverride(row, toOverride(row));
  return {
    id: row.id,
    component: shown.component,
    predicate: shown.predicate,
    polarity: row.polarity,
    statement: shown.statement,
    confidence: row.confidence,
    state: shown.state,
    isPinned: row.isPinned,
    vector: row.editedVector ?? row.vector,
    quotes: row.statements,
  };
}

async function loadEdges(db: Db, faceIds: string[]): Promise<EdgeRow[]> {
  const edges = await db.edge.findMany({
    where: { faceId: { in: faceIds }, kind: { in: ["tension", "neighbour"] } },
    select: { fromId: true, toId: true, kind: true, weight: true },
  });
  return edges.map(({ fromId, toId, kind, weight }) => ({
    from: fromId,
    to: toId,
    kind: kind === "tension" ? "tension" : "neighbour",
    weight,
  }));
}

async function loadConcepts(db: Db, faceIds: string[]): Promise<ConceptRow[]> {
  const concepts = await db.concept.findMany({
    where: { faceId: { in: faceIds } },
    select: { id: true, kind: true, name: true, links: { select: { primitiveId: true } } },
  });
  return concepts.map(({ id, kind, name, links }) => ({
    id,
    kind: kind === "person" || kind === "place" ? kind : "topic",
    name,
    primitives: links.map(({ primitiveId }) => primitiveId),
  }));
}

/**
 * Everything that could be found in a version of a face, as far as its texts are still there.
 *
 * @returns null when there is no such version
 */
export async function loadFaceRowsAt(db: Db, faceId: string, number: number): Promise<FaceRows | null> {
  const state = await faceStateAt(db, faceId, number, { vectors: true });
  if (state === null) return null;
  const edited = await embedOverrides(state.overrides);
  const [spans, primitives] = await Promise.all([
    loadSpans(db, state.sources),
    runTask("primitivesAt", { ...state, edited }, { timeoutMs: loadTimeoutMs }),
  ]);
  return { spans, primitives };
}

function loadSpans(db: Db, sources: { documentId: string; version: number }[]): Promise<SpanRow[]> {
  if (sources.length === 0) return Promise.resolve([]);
  return db.span.findMany({
    where: { OR: sources.map(({ documentId, version }) => ({ documentId, version })) },
    select: {
      id: true,
      documentId: true,
      version: true,
      start: true,
      end: true,
      text: true,
      speaker: true,
      isFace: true,
      sentenceVectors: true,
      contextVector: true,
    },
  });
}
