import type { Ctx } from "@/lib/auth/context";
import { releaseCompileQuota } from "@/lib/billing/release-compile-quota";
import { transaction } from "@/lib/db/transaction";
import { cancelJobs } from "@/lib/jobs/queue";
import { releaseFile } from "./release-file.job";
import { lockFace, requireFace } from "./require-face";

/**
 * Deletes a face with everything compiled into it, and gives this period's compile quota back.
 *
 * @throws {NotFoundError}
 */
export async function deleteFace(
  ctx: Ctx,
  ref: string,
): Promise<{ id: string; deleted: true; tokens_released: number }> {
  const { id } = await requireFace(ctx, ref);
  return transaction(ctx.db, async (tx) => {
    await lockFace(tx, id);
    await cancelJobs(tx, { name: "compile.sync", key: id });
    const released = await releaseCompileQuota(tx, { accountId: ctx.actor.accountId, faceId: id });
    const files = await tx.document.findMany({
      where: { faceId: id, storageKey: { not: null } },
      select: { id: true },
    });
    await tx.face.deleteMany({ where: { id } });
    for (const file of files) await releaseFile.enqueue(tx, { faceId: id, documentId: file.id });
    return { id, deleted: true, tokens_released: released };
  });
}
