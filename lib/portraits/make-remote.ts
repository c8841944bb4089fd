import type { Transaction } from "@/lib/db/client";

/** The order that made a copy may still use it. */
const strayForMs = 60 * 60_000;

/**
 * Keeps the number that a tune got at an engine, so that its copy there is used again and deleted with it. Where another
 * order was first, or the tune is gone, the copy is one too many: it is to be deleted once this order cannot use it.
 */
export async function keepRemoteId(
  tx: Transaction,
  { tuneId, engine, remoteId }: { tuneId: number; engine: string; remoteId: string },
): Promise<void> {
  const kept = await tx.$executeRaw`
    UPDATE tunes SET remote_ids = remote_ids || jsonb_build_object(${engine}::text, ${remoteId}::text)
    WHERE id = ${tuneId} AND coalesce(remote_ids ->> ${engine}::text, ${remoteId}::text) = ${remoteId}::text`;
  if (kept > 0) return;
  const dueAt = new Date(Date.now() + strayForMs);
  await tx.orphanedTune.createMany({ data: [{ engine, remoteId, dueAt }], skipDuplicates: true });
}
