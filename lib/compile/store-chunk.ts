import type { Transaction } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import type { Extraction } from "./engine";
import type { Chunk } from "./grammar";

/**
 * Stores what an engine read from one piece of a document.
 *
 * A stored piece is never read again: deleting and relinking use these rows alone.
 */
export async function storeChunk(
  tx: Transaction,
  document: { id: string; faceId: string; version: number },
  chunk: Chunk,
  extraction: Extraction,
  engine: string,
): Promise<void> {
  const { id: documentId, faceId, version } = document;
  const chunkId = newId("chunk");
  await tx.chunk.create({
    data: { id: chunkId, documentId, version, ...chunk, engine, dropped: extraction.dropped },
  });
  await tx.statementRow.createMany({
    data: extraction.statements.map(({ statement, vector }) => ({
      ...statement,
      id: newId("statement"),
      faceId,
      documentId,
      chunkId,
      version,
      vector: new Uint8Array(vector),
    })),
  });
  await tx.finding.createMany({
    data: extraction.findings.map((finding) => ({
      ...finding,
      id: newId("finding"),
      faceId,
      documentId,
      chunkId,
      version,
    })),
  });
  await tx.span.createMany({
    data: extraction.spans.map(({ sentenceVectors, contextVector, ...span }, ordinal) => ({
      ...span,
      id: newId("span"),
      faceId,
      documentId,
      version,
      chunkIndex: chunk.index,
      ordinal,
      sentenceVectors: new Uint8Array(Buffer.concat(sentenceVectors)),
      contextVector: new Uint8Array(contextVector),
    })),
  });
}
