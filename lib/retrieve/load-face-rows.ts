import { embedOverrides } from "@/lib/compile/embed-overrides";
import { faceStateAt } from "@/lib/compile/version-state";
import { toOverride, withOverride } from "@/lib/compile/primitive-overrides";
import { runTask } from "@/lib/compute/pool";
import type { Db, Prisma } from "@/lib/db/client";
import type { EdgeRow, FaceRows, PrimitiveRow, SpanRow } from "./face-rows";

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
  const [compiled, primitives, edges] = await Promise.all([
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
  ]);
  const sources = compiled.map(({ id, compiledVersion }) => ({ documentId: id, version: compiledVersion ?? 0 }));
  const rows = { spans: await loadSpans(db, sources), primitives: primitives.map(toRow), edges };
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
    where: { faceId: { in: faceIds }, kind: "tension" },
    select: { fromId: true, toId: true, weight: true },
  });
  return edges.map(({ fromId, toId, weight }) => ({ from: fromId, to: toId, kind: "tension", weight }));
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

/** Rows of a page: the driver reads as many without a pause. */
const spanPage = 500;

async function loadSpans(db: Db, sources: { documentId: string; version: number }[]): Promise<SpanRow[]> {
  const spans: SpanRow[] = [];
  while (sources.length > 0) {
    const last = spans.at(-1)?.id;
    const page = await db.span.findMany({
      where: { OR: sources.map(({ documentId, version }) => ({ documentId, version })) },
      select: {
        ...{ id: true, documentId: true, version: true, start: true, end: true, text: true, speaker: true },
        ...{ isFace: true, sentenceVectors: true, contextVector: true },
      },
      orderBy: { id: "asc" },
      take: spanPage,
      ...(last === undefined ? {} : { cursor: { id: last }, skip: 1 }),
    });
    spans.push(...page);
    if (page.length < spanPage) break;
  }
  return spans;
}
