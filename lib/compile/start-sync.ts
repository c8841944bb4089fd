import type { Ctx } from "@/lib/auth/context";
import { readCompileQuota } from "@/lib/billing/compile-quota";
import { microUsdFromUsd } from "@/lib/billing/money";
import { retryTranscriptions } from "@/lib/documents/media-document";
import { transaction } from "@/lib/db/transaction";
import { requireSourceFace } from "@/lib/faces/parts";
import { lockFace } from "@/lib/faces/require-face";
import { toFaceView } from "@/lib/faces/face-views";
import type { FaceView } from "@/lib/faces/schemas";
import { quotePending, requireSomeQuota } from "./quote-sync";
import type { SyncStarted } from "./schemas";
import { syncFace } from "./sync-face.job";

/** What `POST …/sync` answers: a sync, or how the face stands when there was nothing to do. */
export type SyncAnswer =
  | { started: true; view: SyncStarted }
  | { started: false; view: { face_id: string; sync_status: FaceView["sync_status"] } };

/**
 * Queues the compiling of every source that waits. Pressed twice it is one job. What is uploaded later waits for the
 * next press: the quote is binding, and covers what was there.
 *
 * @throws {NotFoundError}
 * @throws {AppError} `quota_exceeded` no quota and no credit; `account_frozen`
 */
export async function startSync(ctx: Ctx, ref: string): Promise<SyncAnswer> {
  const { accountId, credential } = ctx.actor;
  const apiKeyId = credential.kind === "key" ? credential.keyId : null;
  const face = await requireSourceFace(ctx, ref);
  return transaction(ctx.db, async (tx) => {
    await lockFace(tx, face.id);
    await retryTranscriptions(tx, face.id, apiKeyId);
    const quota = await readCompileQuota(tx, accountId);
    const quote = await quotePending(tx, face.id, quota);
    if (quote.documents === 0) {
      const { sync_status } = await toFaceView(tx, face);
      return { started: false, view: { face_id: face.id, sync_status } };
    }
    await requireSomeQuota(tx, accountId, quota, quote);
    const job = await syncFace.enqueue(tx, { faceId: face.id, apiKeyId });
    await tx.$executeRaw`UPDATE documents SET queued_version = version WHERE face_id = ${face.id} AND status = 'pending'`;
    const syncCreditMicroUsd = microUsdFromUsd(quote.cost_usd_max);
    await tx.face.update({ where: { id: face.id }, data: { syncFailure: null, syncError: null, syncCreditMicroUsd } });
    return { started: true, view: { face_id: face.id, sync_status: "syncing", job_id: job.id, ...quote } };
  });
}
