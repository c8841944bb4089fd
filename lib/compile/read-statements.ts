import type { DbOrTransaction } from "@/lib/db/client";
import { Statement } from "./grammar";

/** A statement as it is stored: what an engine read, where, and the embedding of its rendering (516 bytes). */
export type StoredStatement = {
  id: string;
  documentKey: string;
  vector: Uint8Array;
  statement: Statement;
};

/** The statements that are in a face's graph: of each document those of the version that is compiled. */
export async function readStatements(db: DbOrTransaction, faceId: string): Promise<StoredStatement[]> {
  const compiled = await db.document.findMany({
    where: { faceId, compiledVersion: { not: null } },
    select: { id: true, compiledVersion: true, contentHash: true },
  });
  const documents = new Map(compiled.map((document) => [document.id, document]));
  const rows = await db.statementRow.findMany({
    where: { faceId },
    orderBy: { id: "asc" },
  });
  return rows.flatMap((row) => {
    const document = documents.get(row.documentId);
    if (document?.compiledVersion !== row.version) return [];
    return {
      id: row.id,
      // by content, not by id: the graph must not depend on when a text was uploaded
      documentKey: document.contentHash,
      vector: row.vector,
      statement: Statement.parse(row),
    };
  });
}
