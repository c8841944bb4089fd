import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { lockFace } from "@/lib/faces/require-face";
import { defineJob, type JobContext } from "@/lib/jobs/define-job";
import { JobCancelledError, LeaseLostError } from "@/lib/jobs/job-errors";
import { modelsKnown } from "@/lib/models/catalogue";
import { chooseEngine } from "./choose-engine";
import { compileDocument } from "./compile-document";
import { finishFace, putIntoGraph } from "./finish-face";
import type { SourceVersion } from "./read-statements";
import { SyncMeter } from "./sync-meter";
import { waitsForSync } from "./waits-for-sync";

const maxAttempts = 5;

/** `apiKeyId`: the key that asked for the sync, whose budget is a hard cap on what it charges. */
const Payload = z.object({ faceId: z.string(), apiKeyId: z.string().nullable() });

/**
 * Compiles every source of a face that was waiting when the sync was asked for, piece by piece.
 *
 * The graph changes once, at the end, or where the sync stops for good. Safe to run twice: each piece is stored with
 * its charge in one transaction, so a second run begins behind the last stored one. What is uploaded meanwhile waits for the next press; what is deleted meanwhile is left.
 */
export const syncFace = defineJob({
  name: "compile.sync",
  payload: Payload,
  maxAttempts,
  leaseSeconds: 30,
  key: ({ faceId }) => faceId,

  async run({ faceId, apiKeyId }, job) {
    // a server that has not told its models yet may have the one that compiles
    await modelsKnown();
    const engine = chooseEngine();
    const meter = await SyncMeter.start(job, faceId);
    const done: SourceVersion[] = [];
    try {
      for (;;) {
        const document = await nextPending(job, faceId, done);
        if (document === null) {
          if (await finishFace(job, faceId, { meter, done })) return;
          done.length = 0;
        } else {
          const { id: documentId, version } = document;
          const isWhole = await compileDocument(job, engine, { ...document, apiKeyId }, meter);
          if (isWhole) done.push({ documentId, version });
        }
      }
    } catch (error) {
      // what is compiled is paid for: it comes into the graph, whatever ended the sync
      if (isLastTry(error, job)) await putIntoGraph(job, faceId, done);
      if (!isOutOfMoney(error)) throw error;
      await job.finish(async (tx) => {
        await stopFor(tx, faceId, "payment_required", error.message);
        return true;
      });
    }
  },

  onFailed: (tx, { faceId }, reason) => stopFor(tx, faceId, "failed", reason),
});

function nextPending(job: JobContext, faceId: string, done: SourceVersion[]) {
  job.signal.throwIfAborted();
  return job.db.document.findFirst({
    where: {
      ...waitsForSync(job.db, faceId),
      NOT: done.map(({ documentId: id, version }) => ({ id, version })),
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    include: { face: true },
  });
}

/** A worker that stops or has lost the job leaves it to the next one, which finds all that is stored. */
function isLastTry(error: unknown, { signal, attempt }: JobContext): boolean {
  if (error instanceof LeaseLostError) return false;
  if (signal.aborted) return signal.reason instanceof JobCancelledError;
  return isOutOfMoney(error) || attempt >= maxAttempts;
}

function isOutOfMoney(error: unknown): error is AppError {
  return error instanceof AppError && ["quota_exceeded", "budget_exceeded", "account_frozen"].includes(error.code);
}

/** The face says why its sync ended; its sources go on waiting. */
async function stopFor(tx: Transaction, faceId: string, syncFailure: string, syncError: string): Promise<void> {
  await lockFace(tx, faceId);
  await tx.face.updateMany({ where: { id: faceId }, data: { syncFailure, syncError } });
}
