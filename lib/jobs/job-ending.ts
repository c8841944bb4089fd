import type { Db, Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { channels } from "./channels";
import type { AnyJob } from "./define-job";
import { LeaseLostError, PermanentJobError } from "./job-errors";
import type { Held } from "./job-table";

/** How an attempt ended that did not succeed. */
export type Ending =
  | { kind: "cancelled" }
  | { kind: "retry"; error: string; delaySeconds: number }
  /** `reason` may be shown, `error` is for whoever runs the installation */
  | { kind: "failed"; error: string; reason: string };

const FIRST_DELAY_SECONDS = 1;
const LONGEST_DELAY_SECONDS = 300;
const MAX_ERROR_CHARS = 1000;

/** What to do about an error of `run`. */
export function endingOf(
  error: unknown,
  job: { definition: AnyJob; attempt: number; maxAttempts: number },
  random: () => number,
): Ending {
  const text = describeError(error);
  const isPermanent =
    error instanceof PermanentJobError ||
    (error instanceof AppError && job.definition.permanentErrors?.includes(error.code) === true);
  if (isPermanent) return { kind: "failed", error: text, reason: error.message };
  if (job.attempt >= job.maxAttempts) {
    const reason =
      error instanceof AppError ? error.message : `It failed ${times(job.attempt)}; the worker's log says why.`;
    return { kind: "failed", error: text, reason };
  }
  const asked = error instanceof AppError ? (error.retryAfterSeconds ?? 0) : 0;
  return { kind: "retry", error: text, delaySeconds: retryDelaySeconds(job.attempt, random, asked) };
}

/**
 * Exponential backoff with equal jitter: half of the delay is fixed, half random, so that jobs that failed together
 * do not come back together. Never more than five minutes.
 *
 * @param attempt the one that failed, from 1
 * @param askedSeconds the least delay that whoever refused asked for
 */
export function retryDelaySeconds(attempt: number, random: () => number, askedSeconds = 0): number {
  const full = Math.min(FIRST_DELAY_SECONDS * 2 ** (attempt - 1), LONGEST_DELAY_SECONDS);
  return Math.min(Math.max(full / 2 + (random() * full) / 2, askedSeconds), LONGEST_DELAY_SECONDS);
}

/** `once`, `twice`, `3 times`. */
export function times(count: number): string {
  return count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
}

/**
 * Writes how an attempt ended, together with the job's own `onFailed` or `onCancelled`.
 *
 * A hook that fails must not keep the job running for ever: it is logged, and the job ends without it.
 *
 * @throws {LeaseLostError}
 */
export async function endJob(db: Db, definition: AnyJob, held: Held, payload: unknown, ending: Ending): Promise<void> {
  try {
    await transaction(db, (tx) => endWithHook(tx, definition, held, payload, ending));
  } catch (error) {
    if (error instanceof LeaseLostError) throw error;
    log.error("A job could not be ended with its own words", { job: held.id, name: definition.name, error });
    await transaction(db, (tx) => writeEnding(tx, held, ending));
  }
}

async function endWithHook(
  tx: Transaction,
  definition: AnyJob,
  held: Held,
  payload: unknown,
  ending: Ending,
): Promise<void> {
  const parsed = definition.payload.safeParse(payload);
  // The hook goes first: whoever enqueues takes its domain's locks before the job's, too.
  if (ending.kind === "failed" && parsed.success) await definition.onFailed?.(tx, parsed.data, ending.reason);
  const status = await writeEnding(tx, held, ending);
  if (status === "cancelled" && parsed.success) await definition.onCancelled?.(tx, parsed.data);
}

/** @returns the status it has now: what is asked for again while it is being cancelled is queued */
async function writeEnding(tx: Transaction, { id, fence }: Held, ending: Ending): Promise<string> {
  const status = { cancelled: "cancelled", retry: "queued", failed: "failed" }[ending.kind];
  const error = ending.kind === "cancelled" ? null : ending.error;
  const delaySeconds = ending.kind === "retry" ? ending.delaySeconds : 0;
  const [row] = await tx.$queryRaw<{ status: string }[]>`
    WITH held AS (
      SELECT id, CASE WHEN ${status} = 'cancelled' AND NOT cancel_requested THEN 'queued' ELSE ${status} END AS next
      FROM jobs WHERE id = ${id} AND fence = ${BigInt(fence)} AND status = 'running' FOR NO KEY UPDATE
    ),
    job AS (
      UPDATE jobs SET
        status = held.next,
        finished_at = CASE WHEN held.next <> 'queued' THEN now() END,
        -- one that was called back was not tried in earnest
        attempts = attempts - CASE WHEN held.next = 'queued' AND ${status} = 'cancelled' THEN 1 ELSE 0 END,
        run_at = date_trunc('milliseconds', now() + make_interval(secs => ${delaySeconds})),
        error = coalesce(${error}, error), lease_until = NULL, worker_id = NULL
      FROM held WHERE jobs.id = held.id
      RETURNING jobs.id, jobs.status
    )
    SELECT status, pg_notify(${channels.progress}, id)::text, pg_notify(${channels.jobs}, '')::text FROM job`;
  if (row === undefined) throw new LeaseLostError(id);
  return row.status;
}

/** One paragraph for the job's row. Stacks and causes go to the log. */
export function describeError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  // PostgreSQL refuses NUL, and a half of a surrogate pair is no UTF-8
  return text.replaceAll("\u0000", "").toWellFormed().trim().slice(0, MAX_ERROR_CHARS);
}
