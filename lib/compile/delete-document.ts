import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { releaseCompileQuota } from "@/lib/billing/release-compile-quota";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import type { DocumentRow } from "@/lib/documents/document-views";
import { requireDocument } from "@/lib/documents/require-document";
import { NotFoundError } from "@/lib/errors";
import { redactTraces } from "@/lib/faces/redact-traces.job";
import { releaseFile } from "@/lib/faces/release-file.job";
import { lockFace } from "@/lib/faces/require-face";
import { measureFace } from "./fidelity.job";
import { changeGraph } from "./link-graph";
import { refreshVoice } from "./refresh-voice";

/** The receipt of a deletion; `deleted` is false where it was only asked for. */
export const DeletionReceipt = z.object({
  deleted: z.boolean(),
  primitives_removed: z.number(),
  primitives_kept: z.number(),
  tokens_released: z.number(),
});
export type DeletionReceipt = z.infer<typeof DeletionReceipt>;

/**
 * Deletes a document and exactly what it brought into the graph: afterwards the graph is the same as one compiled
 * from what remains. All its versions go, and with them what older versions of the face had of it. A sync that is
 * compiling it notices and goes on without it.
 *
 * @throws {NotFoundError}
 */
export async function deleteDocument(ctx: Ctx, ref: { face: string; document: string }): Promise<DeletionReceipt> {
  const row = await requireDocument(ctx, ref);
  for (;;) {
    // what never was in the graph takes nothing out of it
    const waiting = await deleteWaiting(ctx, row);
    if (waiting !== null) return waiting;
    const compiled = await deleteCompiled(ctx, row);
    if (compiled !== null) return compiled;
  }
}

/** @returns null when it is in the graph */
function deleteWaiting(ctx: Ctx, row: DocumentRow): Promise<DeletionReceipt | null> {
  const { id, faceId } = row;
  return transaction(ctx.db, async (tx) => {
    await lockFace(tx, faceId);
    const now = await tx.document.findUnique({ where: { id }, select: { compiledVersion: true } });
    if (now === null) throw new NotFoundError("The document");
    if (now.compiledVersion !== null) return null;
    const tokens_released = await remove(ctx, tx, row);
    await forgetOverrides(tx, { id, faceId });
    return { deleted: true, primitives_removed: 0, primitives_kept: 0, tokens_released };
  });
}

/** @returns null when it is in the graph no more */
async function deleteCompiled(ctx: Ctx, row: DocumentRow): Promise<DeletionReceipt | null> {
  const { id, faceId } = row;
  const receipt: DeletionReceipt = { deleted: true, primitives_removed: 0, primitives_kept: 0, tokens_released: 0 };
  let touched: string[] = [];
  const version = await changeGraph(
    ctx.db,
    faceId,
    {
      reason: "delete",
      sources: async (_db, current) =>
        current.some(({ documentId }) => documentId === id)
          ? current.filter(({ documentId }) => documentId !== id)
          : null,
      async apply(tx) {
        touched = await supportedBy(tx, row);
        receipt.tokens_released = await remove(ctx, tx, row);
        return true;
      },
      async after(tx) {
        const kept = await tx.primitive.count({ where: { faceId, key: { in: touched } } });
        receipt.primitives_kept = kept;
        receipt.primitives_removed = touched.length - kept;
        await forgetOverrides(tx, row);
        // measured anew by the job; until then nothing is told of a text that is gone
        const voice = row.type === "thread" ? { voice: Prisma.DbNull } : {};
        await tx.face.update({ where: { id: faceId }, data: { fidelity: Prisma.DbNull, ...voice } });
        await measureFace.enqueue(tx, { faceId });
      },
    },
    { transaction: (work) => transaction(ctx.db, work) },
  );
  if (version === null) return null;
  if (row.type === "thread") await refreshVoice(ctx.db, faceId);
  return receipt;
}

async function supportedBy(tx: Transaction, { id, faceId }: DocumentRow): Promise<string[]> {
  const rows = await tx.primitive.findMany({
    where: { faceId, statements: { some: { documentId: id } } },
    select: { key: true },
  });
  return rows.map(({ key }) => key);
}

/** @returns tokens that the quota has again */
async function remove(ctx: Ctx, tx: Transaction, { id: documentId, faceId, storageKey }: DocumentRow): Promise<number> {
  await tx.document.deleteMany({ where: { id: documentId } });
  if (storageKey !== null) await releaseFile.enqueue(tx, { faceId, documentId });
  const { accountId } = ctx.actor;
  await redactTraces.enqueue(tx, { accountId, documentIds: [documentId], isSecondLook: false });
  return releaseCompileQuota(tx, { accountId, documentId });
}

/** An owner's wording of a statement that is gone may hold its words: older versions that had the text lose it too. */
async function forgetOverrides(tx: Transaction, { id, faceId }: { id: string; faceId: string }): Promise<void> {
  await tx.$executeRaw`
    UPDATE face_versions v SET overrides = (
      SELECT coalesce(jsonb_object_agg(o.key, o.value), '{}') FROM jsonb_each(v.overrides) AS o
      WHERE EXISTS (SELECT 1 FROM primitives p WHERE p.face_id = ${faceId} AND p.key = o.key))
    WHERE face_id = ${faceId} AND sources @> ${JSON.stringify([{ document_id: id }])}::jsonb`;
}
