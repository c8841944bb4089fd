import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { endingOf, endJob, type Ending } from "./job-ending";
import { JobCancelledError, LeaseLostError, PermanentJobError, WorkerStoppingError } from "./job-errors";
import type { JobTable } from "./job-table";
import type { RunningJob } from "./running-job";
import type { SuccessBatch } from "./success-batch";

type Deps = { db: Db; table: JobTable; successes: SuccessBatch; random: () => number };

const END_TRIES = 5;
const END_PAUSE_MS = 100;

/** Runs a claimed job and writes how it ended. Never throws: what cannot be written, the sweep finds. */
export async function runJob(job: RunningJob, deps: Deps): Promise<void> {
  const error = await attempt(job);
  try {
    await persistently(() => writeEnd(job, error, deps));
  } catch (failure) {
    const isLost = failure instanceof LeaseLostError;
    log[isLost ? "warn" : "error"](isLost ? "A job's lease was lost" : "A job's end could not be written", {
      job: job.claim.id,
      name: job.claim.name,
      error: failure,
    });
  } finally {
    job.takeProgress();
  }
}

/** @returns what `run` threw, or null */
async function attempt({ claim, definition, context }: RunningJob): Promise<unknown> {
  try {
    const payload = definition.payload.safeParse(claim.payload);
    if (!payload.success) throw new PermanentJobError("Its payload is not what the job takes.", payload.error);
    await definition.run(payload.data, context);
    return null;
  } catch (error) {
    return error ?? new Error("The job threw nothing.");
  }
}

async function writeEnd(job: RunningJob, error: unknown, { db, table, successes, random }: Deps): Promise<void> {
  const { claim, definition, signal } = job;
  if (job.isFinished) return;
  if (error === null) return successes.add({ id: claim.id, fence: claim.fence, progress: job.takeProgress() });
  const reason: unknown = signal.reason;
  if (error instanceof LeaseLostError || reason instanceof LeaseLostError) throw new LeaseLostError(claim.id);
  if (reason instanceof WorkerStoppingError) {
    if (!(await table.release(claim, job.takeProgress()))) throw new LeaseLostError(claim.id);
    return;
  }
  const ending: Ending =
    reason instanceof JobCancelledError
      ? { kind: "cancelled" }
      : endingOf(error, { definition, attempt: claim.attempt, maxAttempts: claim.maxAttempts }, random);
  logEnding(job, error, ending);
  await endJob(db, definition, claim, claim.payload, ending);
}

function logEnding({ claim }: RunningJob, error: unknown, ending: Ending): void {
  const fields = { job: claim.id, name: claim.name, attempt: claim.attempt };
  if (ending.kind === "cancelled") log.info("A job was cancelled", fields);
  else if (ending.kind === "retry")
    log.warn("A job failed and will be tried again", { ...fields, delaySeconds: ending.delaySeconds, error });
  else log.error("A job failed", { ...fields, error });
}

/** The database may be away for a moment; a job that is done should not run again for that. */
async function persistently(write: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (error instanceof LeaseLostError || tries === END_TRIES) throw error;
      await sleep(END_PAUSE_MS * 2 ** tries);
    }
  }
}
