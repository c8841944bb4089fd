import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { lockFace } from "@/lib/faces/require-face";
import { defineJob, type JobContext } from "@/lib/jobs/define-job";
import { chooseEngine } from "./choose-engine";
import { compileDocument } from "./compile-document";
import { finishFace } from "./finish-face";
import { SyncMeter } from "./sync-meter";
import { waitsForSync } from "./waits-for-sync";

/** `apiKeyId`: the key that asked for the sync, whose budget is a hard cap on what it charges. */
const Payload = z.object({ faceId: z.string(), apiKeyId: z.string().nullable() });

/**
 * Compiles every source of a face that was waiting when the sync was asked for, piece by piece.
 *
 * Safe to run twice: each piece is stored with its charge in one transaction, so a second run begins behind the last
 * stored one. What is uploaded meanwhile waits for the next press; what is deleted meanwhile is left.
 */
export const syncFace = defineJob({
  name: "compile.sync",
  payload: Payload,
  maxAttempts: 5,
  leaseSeconds: 30,
  key: ({ faceId }) => faceId,

  async run({ faceId, apiKeyId }, job) {
    const engine = chooseEngine();
    const meter = await SyncMeter.start(job, faceId);
    try {
      for (;;) {
        const document = await nextPending(job, faceId);
        if (document !== null) await compileDocument(job, engine, { ...document, apiKeyId }, meter);
        else if (await finishFace(job, faceId, meter)) return;
      }
    } catch (error) {
      if (!isOutOfMoney(error)) throw error;
      await job.finish(async (tx) => {
        await stopFor(tx, faceId, "payment_required", error.message);
        return true;
      });
    }
  },

  onFailed: (tx, { faceId }, reason) => stopFor(tx, faceId, "failed", reason),
});

function nextPending(job: JobContext, faceId: string) {
  job.signal.throwIfAborted();
  return job.db.document.findFirst({
    where: waitsForSync(job.db, faceId),
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    include: { face: true },
  });
}

function isOutOfMoney(error: unknown): error is AppError {
  return error instanceof AppError && ["quota_exceeded", "budget_exceeded", "account_frozen"].includes(error.code);
}

/** The face says why its sync ended; its sources go on waiting. */
async function stopFor(tx: Transaction, faceId: string, syncFailure: string, syncError: string): Promise<void> {
  await lockFace(tx, faceId);
  await tx.face.updateMany({ where: { id: faceId }, data: { syncFailure, syncError } });
}
