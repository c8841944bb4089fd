import { embedOverrides } from "@/lib/compile/embed-overrides";
import { faceStateAt } from "@/lib/compile/version-state";
import { toOverride, withOverride } from "@/lib/compile/primitive-overrides";
import { runTask } from "@/lib/compute/pool";
import type { Db } from "@/lib/db/client";
import type { FaceRows, SpanRow } from "./face-rows";

const loadTimeoutMs = 30_000;

/**
 * Everything of a face that can be found, from the database: of each document the version that is in the graph. What
 * its owner changed wins over what was compiled.
 */
export async function loadFaceRows(db: Db, faceId: string): Promise<FaceRows> {
  const [compiled, primitives] = await Promise.all([
    db.document.findMany({
      // pieces of versions that are not in the graph are stored too
      where: { faceId, compiledVersion: { not: null } },
      select: { id: true, compiledVersion: true },
    }),
    db.primitive.findMany({
      where: { faceId },
      include: {
        statements: {
          select: { documentId: true, version: true, start: true, end: true, quote: true },
          orderBy: [{ confidence: "desc" }, { id: "asc" }],
        },
      },
    }),
  ]);
  const sources = compiled.map(({ id, compiledVersion }) => ({ documentId: id, version: compiledVersion ?? 0 }));
  return {
    spans: await loadSpans(db, sources),
    primitives: primitives.map((row) => {
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
    }),
  };
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
