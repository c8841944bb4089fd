import { chargeCompile, type CompileSplit } from "@/lib/billing/charge-compile";
import { runTask } from "@/lib/compute/pool";
import type { Prisma, Transaction } from "@/lib/db/client";
import { lockFace } from "@/lib/faces/require-face";
import type { JobContext } from "@/lib/jobs/define-job";
import { compileRate } from "./choose-engine";
import type { CompileEngine, Extraction } from "./engine";
import type { Chunk, SourceInfo } from "./grammar";
import { storeChunk } from "./store-chunk";
import type { SyncMeter } from "./sync-meter";

const chunkTimeoutMs = 60_000;
/** Read at once: as many as a worker has threads. They are stored one after the other, in order. */
const piecesAtOnce = 2;

export type PendingDocument = Prisma.DocumentGetPayload<{ include: { face: true } }> & { apiKeyId: string | null };

/**
 * Compiles one document: reads each piece that is not stored yet and stores it with its charge. The graph does not
 * change: the sync puts all that it has compiled into it at once. A document that was deleted or edited meanwhile is
 * left where it is.
 *
 * @returns whether all of this version is stored
 * @throws {AppError} `quota_exceeded` at a border between pieces: what is stored stays
 */
export async function compileDocument(
  job: JobContext,
  engine: CompileEngine,
  document: PendingDocument,
  meter: SyncMeter,
): Promise<boolean> {
  const { id: documentId, version } = document;
  const row = await job.db.documentVersion.findUnique({ where: { documentId_version: { documentId, version } } });
  if (row === null) return false;
  const text = row.content;
  const source = sourceOf(document);
  const chunks = await runTask(
    "chunkText",
    { text, type: source.type },
    { signal: job.signal, timeoutMs: chunkTimeoutMs },
  );
  const stored = await job.db.chunk.findMany({ where: { documentId, version }, select: { index: true } });
  const done = new Set(stored.map(({ index }) => index));
  const waiting = chunks.filter(({ index }) => !done.has(index));
  const read = (chunk: Chunk) => engine.extract({ text, chunk, source }, job.signal);
  for await (const [chunk, extraction] of ahead(waiting, read)) {
    job.signal.throwIfAborted();
    const stored = await job.transaction((tx) => storePiece(tx, document, chunk, extraction, engine));
    if (!stored.isStored) return false;
    meter.add(chunk, extraction.statements, stored.charged);
  }
  return true;
}

/** Does the work of each item while the one before is being used; results come in order. */
async function* ahead<T, R>(items: T[], work: (item: T) => Promise<R>): AsyncGenerator<[T, R]> {
  const started: Promise<R>[] = [];
  for (const [index, item] of items.entries()) {
    for (const next of items.slice(started.length, index + piecesAtOnce)) {
      const result = work(next);
      // whoever leaves early never asks for the rest: their failure is nobody's
      result.catch(() => undefined);
      started.push(result);
    }
    const result = started[index];
    if (result !== undefined) yield [item, await result];
  }
}

function sourceOf(document: PendingDocument): SourceInfo {
  const { username, name, aliases, pronouns } = document.face;
  return {
    type: document.type as SourceInfo["type"],
    perspective: document.perspective as SourceInfo["perspective"],
    faceSpeaker: document.faceSpeaker,
    face: { username, name, aliases, pronouns },
  };
}

/** What was stored of a piece; nothing when the document is gone or has another version by now. */
type Stored = { isStored: false } | { isStored: true; charged: CompileSplit | null };

async function storePiece(
  tx: Transaction,
  document: PendingDocument,
  chunk: Chunk,
  extraction: Extraction,
  engine: CompileEngine,
): Promise<Stored> {
  // first, as whoever deletes, edits or syncs does: the other way round they would wait for each other
  await lockFace(tx, document.faceId);
  if (!(await isCurrent(tx, document))) return { isStored: false };
  const { accountId } = document.face;
  let charged: CompileSplit | null = null;
  // the sample face belongs to nobody and costs nobody
  if (accountId !== null) {
    charged = await chargeCompile(tx, {
      accountId,
      apiKeyId: document.apiKeyId,
      faceId: document.faceId,
      documentId: document.id,
      reference: `${document.id}:${document.version}:${chunk.index}`,
      tokens: chunk.tokens,
      rate: compileRate(),
      provider: extraction.usage,
    });
    await tx.document.update({ where: { id: document.id }, data: { tokensCharged: { increment: chunk.tokens } } });
  }
  await storeChunk(tx, document, chunk, extraction, `${engine.id}@${engine.version}`);
  return { isStored: true, charged };
}

/** Locks the document for the rest of the transaction, and says whether it is still the one that was read. */
async function isCurrent(tx: Transaction, { id, version }: PendingDocument): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ version: number }[]>`SELECT version FROM documents WHERE id = ${id} FOR UPDATE`;
  return row?.version === version;
}
