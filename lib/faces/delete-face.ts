import type { Ctx } from "@/lib/auth/context";
import { releaseCompileQuota } from "@/lib/billing/release-compile-quota";
import { transaction } from "@/lib/db/transaction";
import { cancelJobs } from "@/lib/jobs/queue";
import { redactTraces } from "./redact-traces.job";
import { requireNoPart } from "./parts";
import { releaseFile } from "./release-file.job";
import { lockFace, requireFace } from "./require-face";

/**
 * Deletes a face with everything compiled into it, and gives this period's compile quota back.
 *
 * @throws {NotFoundError}
 * @throws {AppError} `conflict` other faces are made of it
 */
export async function deleteFace(
  ctx: Ctx,
  ref: string,
): Promise<{ id: string; deleted: true; tokens_released: number }> {
  const { accountId } = ctx.actor;
  const { id } = await requireFace(ctx, ref);
  return transaction(ctx.db, async (tx) => {
    await lockFace(tx, id);
    await requireNoPart(tx, { id, accountId }, "deleted");
    await cancelJobs(tx, { name: "compile.sync", key: id });
    const released = await releaseCompileQuota(tx, { accountId, faceId: id });
    const documents = await tx.document.findMany({ where: { faceId: id }, select: { id: true, storageKey: true } });
    await tx.face.deleteMany({ where: { id } });
    const files = documents.filter(({ storageKey }) => storageKey !== null);
    for (const file of files) await releaseFile.enqueue(tx, { faceId: id, documentId: file.id });
    const documentIds = documents.map((document) => document.id);
    if (documentIds.length > 0) await redactTraces.enqueue(tx, { accountId, documentIds, isSecondLook: false });
    return { id, deleted: true, tokens_released: released };
  });
}
