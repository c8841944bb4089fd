import { primitiveState } from "@/lib/compile/primitive-view";
import type { Db } from "@/lib/db/client";
import type { FaceRows } from "./face-rows";

/**
 * Everything of a face that can be found, from the database: of each document the version that is in the graph. What
 * its owner changed wins over what was compiled.
 */
export async function loadFaceRows(db: Db, faceId: string): Promise<FaceRows> {
  const [spans, primitives] = await Promise.all([
    db.span.findMany({
      // pieces of a version that is still being compiled are stored too
      where: { faceId, document: { compiledVersion: { not: null } } },
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
        document: { select: { compiledVersion: true } },
      },
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
  return {
    spans: spans.flatMap(({ document, ...span }) => (document.compiledVersion === span.version ? [span] : [])),
    primitives: primitives.map((row) => ({
      id: row.id,
      component: row.editedComponent ?? row.component,
      predicate: row.predicate,
      polarity: row.polarity,
      statement: row.editedText ?? row.statement,
      confidence: row.confidence,
      state: primitiveState(row),
      isPinned: row.isPinned,
      vector: row.vector,
      quotes: row.statements,
    })),
  };
}
