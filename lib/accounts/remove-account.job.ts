import { z } from "zod";
import type { Db, Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { releaseFile } from "@/lib/faces/release-file.job";
import { lockFace } from "@/lib/faces/require-face";
import { defineJob, type JobContext } from "@/lib/jobs/define-job";
import { endPayments } from "@/lib/payments/end-payments";
import { sweepObjects } from "@/lib/portraits/tune-orphans";

const hourMs = 60 * 60 * 1000;
const rowsAtOnce = 5_000;
const tunesAtOnce = 100;

/**
 * Removes an account whose credentials have ended, with everything that is its own: faces, texts, files, traces,
 * responses, usage, ledger, keys. A face at a time, so that no transaction is long. Safe to run twice.
 *
 * It looks again an hour later: an answer that was under way has left its trace by then.
 */
export const removeAccount = defineJob({
  name: "accounts.remove",
  payload: z.object({ accountId: z.string(), isSecondLook: z.boolean() }),
  maxAttempts: 20,
  leaseSeconds: 120,
  key: ({ accountId, isSecondLook }) => `${accountId}${isSecondLook ? "+" : ""}`,

  async run({ accountId, isSecondLook }, job) {
    // a purchase may have been under way when the others were ended
    if (!isSecondLook) await endPayments(job.db, accountId, job.signal);
    while (await removeFace(job, accountId)) job.signal.throwIfAborted();
    await removeRows(job.db, accountId, job.signal);
    await job.finish(async (tx) => {
      if (!isSecondLook) {
        const later = new Date(Date.now() + hourMs);
        await removeAccount.enqueue(tx, { accountId, isSecondLook: true }, { runAt: later });
      }
      await tx.account.deleteMany({ where: { id: accountId } });
      return true;
    });
    // else housekeeping does, within a minute
    await sweepObjects(job.db);
  },
});

/**
 * Queues removals again that were given up more than an hour ago: what was promised to be deleted is.
 *
 * @returns how many there were
 */
export async function resumeRemovals(db: Db): Promise<number> {
  const failed = await db.$queryRaw<{ accountId: string }[]>`
    SELECT DISTINCT j.payload->>'accountId' AS "accountId" FROM jobs j
    JOIN accounts a ON a.id = j.payload->>'accountId'
    WHERE j.name = ${removeAccount.name} AND j.status = 'failed' AND NOT EXISTS (
      SELECT 1 FROM jobs n WHERE n.name = j.name AND n.key = j.key
        AND (n.status IN ('queued', 'running') OR n.finished_at > now() - interval '1 hour'))`;
  for (const { accountId } of failed) {
    await transaction(db, (tx) => removeAccount.enqueue(tx, { accountId, isSecondLook: false }));
  }
  return failed.length;
}

/** @returns false when there is none left */
async function removeFace(job: JobContext, accountId: string): Promise<boolean> {
  const face = await job.db.face.findFirst({ where: { accountId }, select: { id: true } });
  if (face === null) return false;
  await job.transaction(async (tx) => {
    await lockFace(tx, face.id);
    const documents = await tx.document.findMany({
      where: { faceId: face.id },
      select: { id: true, storageKey: true },
    });
    const files = documents.filter(({ storageKey }) => storageKey !== null);
    for (const { id } of files) await releaseFile.enqueue(tx, { faceId: face.id, documentId: id });
    await forgetJobs(tx, [face.id, ...documents.map(({ id }) => id)]);
    await tx.face.deleteMany({ where: { id: face.id } });
  });
  return true;
}

/** What is known of work that is over: it names who asked for it and how it failed. */
async function forgetJobs(tx: Transaction, keys: string[]): Promise<void> {
  await tx.job.deleteMany({ where: { key: { in: keys }, status: { in: ["succeeded", "failed", "cancelled"] } } });
}

/** What would be much for one statement, and what no row of the account leads to. The rest goes with the account. */
async function removeRows(db: Db, accountId: string, signal: AbortSignal): Promise<void> {
  const bites = [
    // what was made of a person goes by triggers with the person, and files with what names them
    () => db.$executeRaw`DELETE FROM tunes WHERE id IN (
      SELECT id FROM tunes WHERE account_id = ${accountId} LIMIT ${tunesAtOnce})`,
    () => db.$executeRaw`DELETE FROM prompts WHERE id IN (
      SELECT id FROM prompts WHERE account_id = ${accountId} LIMIT ${tunesAtOnce})`,
    () => db.$executeRaw`DELETE FROM callback_deliveries WHERE id IN (
      SELECT id FROM callback_deliveries WHERE account_id = ${accountId} LIMIT ${rowsAtOnce})`,
    () => db.$executeRaw`DELETE FROM traces WHERE id IN (
      SELECT id FROM traces WHERE account_id = ${accountId} LIMIT ${rowsAtOnce})`,
    () => db.$executeRaw`DELETE FROM stored_responses WHERE id IN (
      SELECT id FROM stored_responses WHERE account_id = ${accountId} LIMIT ${rowsAtOnce})`,
    () => db.$executeRaw`DELETE FROM conversations WHERE id IN (
      SELECT id FROM conversations WHERE account_id = ${accountId} LIMIT ${rowsAtOnce})`,
    () => db.$executeRaw`DELETE FROM usage_records WHERE id IN (
      SELECT id FROM usage_records WHERE account_id = ${accountId} LIMIT ${rowsAtOnce})`,
    () => db.$executeRaw`DELETE FROM idempotency_records WHERE (account_id, key) IN (
      SELECT account_id, key FROM idempotency_records WHERE account_id = ${accountId} LIMIT ${rowsAtOnce})`,
  ];
  for (const bite of bites) while ((await bite()) > 0) signal.throwIfAborted();
}
