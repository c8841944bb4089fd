import type { Db, Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { log } from "@/lib/log";
import type { AnyJob } from "./define-job";
import { endJob, type Ending, retryDelaySeconds, times } from "./job-ending";
import { LeaseLostError } from "./job-errors";

const MAX_JOBS_PER_SWEEP = 100;

type DeadLease = {
  id: string;
  name: string;
  payload: unknown;
  fence: bigint;
  attempts: number;
  max_attempts: number;
  cancel_requested: boolean;
};

/**
 * Takes care of jobs whose worker stopped without a word: back to the queue, or, when that has happened too often,
 * failed with its reason; cancelled when somebody had asked for that.
 *
 * The dead worker's fence is passed first, in a transaction of its own, so that it cannot write any more and no other
 * sweep takes the same job.
 *
 * @returns how many there were
 */
export async function sweepDeadLeases(
  db: Db,
  jobs: ReadonlyMap<string, AnyJob>,
  random: () => number,
): Promise<number> {
  let count = 0;
  for (; count < MAX_JOBS_PER_SWEEP; count++) {
    const dead = await transaction(db, (tx) => takeDeadLease(tx, [...jobs.keys()]));
    const definition = dead && jobs.get(dead.name);
    if (!dead || !definition) break;
    const ending = endingOfDead(dead, random);
    log.warn("A worker stopped while it ran a job", {
      job: dead.id,
      name: dead.name,
      attempt: dead.attempts,
      ending: ending.kind,
    });
    await endJob(db, definition, { id: dead.id, fence: dead.fence.toString() }, dead.payload, ending).catch(
      ignoreLostLease,
    );
  }
  return count;
}

async function takeDeadLease(tx: Transaction, names: string[]): Promise<DeadLease | null> {
  const [row] = await tx.$queryRaw<DeadLease[]>`
    UPDATE jobs SET fence = fence + 1, lease_until = now() + interval '30 seconds', worker_id = NULL
    WHERE id = (
      SELECT id FROM jobs WHERE status = 'running' AND lease_until < now() AND name = ANY(${names})
      ORDER BY lease_until LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, name, payload, fence, attempts, max_attempts, cancel_requested`;
  return row ?? null;
}

function endingOfDead(dead: DeadLease, random: () => number): Ending {
  if (dead.cancel_requested) return { kind: "cancelled" };
  const error = `The worker stopped ${times(dead.attempts)} while running it.`;
  if (dead.attempts >= dead.max_attempts) return { kind: "failed", error, reason: error };
  // The first time it was most likely a restart: go on at once. A job that kills its workers must wait.
  return { kind: "retry", error, delaySeconds: dead.attempts === 1 ? 0 : retryDelaySeconds(dead.attempts, random) };
}

/** Someone else took it meanwhile: then it is taken care of. */
function ignoreLostLease(error: unknown): void {
  if (!(error instanceof LeaseLostError)) throw error;
}
