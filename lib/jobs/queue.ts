import type { DbOrTransaction } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { channels } from "./channels";

export type EnqueueOptions = {
  /** Not before this time. */
  runAt?: Date;
};

/** `created` is false when a job of the same key was queued or running already. */
export type Enqueued = { id: string; created: boolean };

export type NewJob = { name: string; key: string | null; payload: unknown; maxAttempts: number };

export type JobStatus = "queued" | "running" | "succeeded" | "failed" | "cancelled";

export type JobView = {
  id: string;
  name: string;
  key: string | null;
  status: JobStatus;
  attempts: number;
  /** The last value that the job gave to `progress`. */
  progress: unknown;
  cancelRequested: boolean;
  /** Why the last attempt failed, in technical words. */
  error: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};

/** A worker says that it lives every five seconds. */
const WORKER_SILENT_SECONDS = 15;

/**
 * Inserts a job, or finds the queued or running one of the same name and key, in one statement that many may race.
 *
 * Finding it locks it until the caller commits. A waiting one starts no later than asked for now, and a cancellation
 * that its worker has not acted on yet is taken back: the caller wants it to run.
 */
export async function enqueueJob(tx: DbOrTransaction, job: NewJob, options: EnqueueOptions = {}): Promise<Enqueued> {
  const id = newId("job");
  // run_at is cut to milliseconds: rounding up would hide the job from a worker that looks at once
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    WITH job AS (
      INSERT INTO jobs (id, name, key, payload, max_attempts, run_at)
      VALUES (${id}, ${job.name}, ${job.key}, ${JSON.stringify(job.payload)}::jsonb, ${job.maxAttempts},
              coalesce(${options.runAt ?? null}::timestamptz, date_trunc('milliseconds', now())))
      ON CONFLICT (name, key) WHERE status IN ('queued', 'running')
      DO UPDATE SET cancel_requested = false, run_at = least(jobs.run_at, excluded.run_at)
      RETURNING id
    )
    SELECT id, pg_notify(${channels.jobs}, '')::text FROM job`;
  if (row === undefined) throw new Error("PostgreSQL returned no job.");
  return { id: row.id, created: row.id === id };
}

/**
 * Cancels what is queued under a name and key at once, and asks the worker of what is running to stop.
 *
 * @returns how many jobs that were; 0 when none was queued or running
 */
export async function cancelJobs(tx: DbOrTransaction, job: { name: string; key: string }): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM jobs
    WHERE name = ${job.name} AND key = ${job.key} AND status IN ('queued', 'running') FOR NO KEY UPDATE`;
  for (const { id } of rows) await cancelJob(tx, id);
  return rows.length;
}

/**
 * Cancels one job: a queued one at once, a running one as soon as its worker hears of it.
 *
 * @returns the status it has now; null when it was over already, or never was
 */
export async function cancelJob(tx: DbOrTransaction, id: string): Promise<"cancelled" | "running" | null> {
  const [row] = await tx.$queryRaw<{ status: "cancelled" | "running" }[]>`
    WITH job AS (
      UPDATE jobs SET
        cancel_requested = true,
        status = CASE status WHEN 'queued' THEN 'cancelled' ELSE status END,
        finished_at = CASE status WHEN 'queued' THEN now() END
      WHERE id = ${id} AND status IN ('queued', 'running')
      RETURNING id, status
    )
    SELECT status, pg_notify(${channels.jobs}, id)::text, pg_notify(${channels.progress}, id)::text FROM job`;
  return row?.status ?? null;
}

/** A job by its id, whatever its status. */
export async function findJob(db: DbOrTransaction, id: string): Promise<JobView | null> {
  return toView(await db.job.findUnique({ where: { id }, select: viewColumns }));
}

/** The queued or running job of a name and key; there is at most one. */
export async function findActiveJob(db: DbOrTransaction, name: string, key: string): Promise<JobView | null> {
  const where = { name, key, status: { in: ["queued", "running"] } };
  return toView(await db.job.findFirst({ where, select: viewColumns }));
}

/** Whether any worker process has been heard of in the last fifteen seconds. */
export async function hasLiveWorker(db: DbOrTransaction): Promise<boolean> {
  const [row] = await db.$queryRaw<{ lives: boolean }[]>`
    SELECT exists(
      SELECT 1 FROM workers WHERE seen_at > now() - make_interval(secs => ${WORKER_SILENT_SECONDS})
    ) AS lives`;
  return row?.lives ?? false;
}

const viewColumns = {
  id: true,
  name: true,
  key: true,
  status: true,
  attempts: true,
  progress: true,
  cancelRequested: true,
  error: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
} as const;

type ViewRow = Omit<JobView, "status"> & { status: string };

function toView(row: ViewRow | null): JobView | null {
  return row === null ? null : { ...row, status: row.status as JobStatus };
}
