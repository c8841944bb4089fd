import type { DbOrTransaction } from "@/lib/db/client";
import { Statement } from "./grammar";

/** A statement as it is stored: what an engine read, where, and the embedding of its rendering (516 bytes). */
export type StoredStatement = {
  id: string;
  documentKey: string;
  chunkIndex: number;
  vector: Uint8Array;
  statement: Statement;
};

/** The statements that are in a face's graph: of each document those of the version that is compiled. */
export async function readStatements(db: DbOrTransaction, faceId: string): Promise<StoredStatement[]> {
  const compiled = await db.document.findMany({
    where: { faceId, compiledVersion: { not: null } },
    select: { id: true, compiledVersion: true, contentHash: true },
  });
  const keyOf = new Map(compiled.map((document) => [document.id, document.contentHash]));
  const rows = await db.statementRow.findMany({
    where: { OR: compiled.map(({ id, compiledVersion }) => ({ documentId: id, version: compiledVersion ?? 0 })) },
    include: { chunk: { select: { index: true } } },
    orderBy: { id: "asc" },
  });
  return rows.map((row) => ({
    id: row.id,
    // by content, not by id: the graph must not depend on when a text was uploaded
    documentKey: keyOf.get(row.documentId) ?? row.documentId,
    chunkIndex: row.chunk.index,
    vector: row.vector,
    statement: Statement.parse(row),
  }));
}
