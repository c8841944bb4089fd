import { z } from "zod";
import { splitCompile } from "@/lib/billing/charge-compile";
import { readCompileQuota } from "@/lib/billing/compile-quota";
import { readBalance } from "@/lib/billing/ledger";
import type { Db, Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { type FaceRow, lockFace } from "@/lib/faces/require-face";
import { compileRate } from "./choose-engine";
import { maxChunkTokens } from "./grammar";
import { quotePending } from "./quote-sync";
import { syncFace } from "./sync-face.job";

const Payload = z.object({ apiKeyId: z.string().nullable() });

/**
 * Lets syncs go on that stopped for want of quota or credit and could now compile at least one piece: after a top-up,
 * at the reset of a period, when compiling on credit is switched on or a deletion gave quota back. Called at those
 * moments and once a minute; asking twice is harmless.
 *
 * A sync goes on under its own terms: what was asked for then, no more on credit than was quoted then, and within the
 * budget of the key that asked.
 *
 * @param accountId of one account alone
 * @returns how many went on
 */
export async function resumeSyncs(db: Db, accountId?: string): Promise<number> {
  const faces = await db.face.findMany({
    where: { syncFailure: "payment_required", accountId: accountId ?? { not: null } },
    select: { id: true },
    orderBy: { updatedAt: "asc" },
  });
  let resumed = 0;
  for (const { id } of faces) if (await transaction(db, (tx) => resume(tx, id))) resumed += 1;
  return resumed;
}

async function resume(tx: Transaction, faceId: string): Promise<boolean> {
  const face = await lockFace(tx, faceId);
  if (face?.syncFailure !== "payment_required" || face.accountId === null) return false;
  const last = await tx.job.findFirst({
    where: { name: "compile.sync", key: faceId },
    orderBy: { createdAt: "desc" },
    select: { payload: true },
  });
  const asked = Payload.safeParse(last?.payload);
  if (!asked.success || !(await canGoOn(tx, { ...face, accountId: face.accountId }, asked.data.apiKeyId))) return false;
  await syncFace.enqueue(tx, { faceId, apiKeyId: asked.data.apiKeyId });
  await tx.face.update({ where: { id: faceId }, data: { syncFailure: null, syncError: null } });
  return true;
}

/** Whether the next piece is covered. Stopping anew at the first piece, minute by minute, would help nobody. */
async function canGoOn(
  tx: Transaction,
  face: FaceRow & { accountId: string },
  apiKeyId: string | null,
): Promise<boolean> {
  const quota = await readCompileQuota(tx, face.accountId);
  const { documents, tokens_estimated } = await quotePending(tx, face.id, quota, "queued");
  const { availableMicroUsd, isFrozen } = await readBalance(tx, face.accountId);
  if (documents === 0 || isFrozen) return false;
  const next = splitCompile(Math.min(tokens_estimated, maxChunkTokens), quota.tokensRemaining, compileRate());
  if (next.creditTokens === 0) return true;
  if (!quota.isOverflowEnabled || availableMicroUsd <= 0n || availableMicroUsd < next.costMicroUsd) return false;
  return next.costMicroUsd <= face.syncCreditMicroUsd && (await hasBudget(tx, apiKeyId, next.costMicroUsd));
}

async function hasBudget(tx: Transaction, apiKeyId: string | null, costMicroUsd: bigint): Promise<boolean> {
  if (apiKeyId === null) return true;
  const key = await tx.apiKey.findUnique({ where: { id: apiKeyId } });
  if (key === null || key.revokedAt !== null) return false;
  return key.budgetMicroUsd === null || key.budgetMicroUsd >= key.spentMicroUsd + costMicroUsd;
}
