import { Pool } from "pg";
import { channels } from "./channels";

/** A job that this worker holds: its writes count while the row still has this fence and runs. */
export type ClaimedJob = {
  id: string;
  name: string;
  payload: unknown;
  /** this attempt's number, from 1 */
  attempt: number;
  maxAttempts: number;
  /** a bigint in decimal digits */
  fence: string;
};

export type Held = { id: string; fence: string };

/** A job that is done, with the progress that is not written yet. */
export type Done = Held & { progress: string | null };

/** What a heartbeat learns of one job. */
export type Pulse = { id: string; isHeld: boolean; isExtended: boolean; cancelRequested: boolean };

const WORKER_FORGOTTEN_SECONDS = 60;
const FINISHED_KEPT_DAYS = 7;

/**
 * A worker's statements on the job table, each a single round trip, on connections of their own: a heartbeat must
 * not wait until a job gives one back. All times are the database's, so that clocks of machines do not matter.
 */
export class JobTable {
  readonly #pool: Pool;

  constructor(url: string, maxConnections: number, onError: (error: Error) => void) {
    this.#pool = new Pool({
      connectionString: url,
      max: maxConnections,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    this.#pool.on("error", onError);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  /** Takes up to `limit` due jobs, oldest first. Two workers never get the same one. */
  async claim(workerId: string, leaseSeconds: ReadonlyMap<string, number>, limit: number): Promise<ClaimedJob[]> {
    const { rows } = await this.#pool.query<ClaimedJob>({
      // The limit stands in the text: as a parameter the planner expects a tenth of the table and reads all of it.
      name: `claim_${limit}_jobs`,
      text: `
        WITH due AS MATERIALIZED (
          SELECT id FROM jobs
          WHERE status = 'queued' AND run_at <= now() AND name = ANY($2::text[])
          ORDER BY run_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
        )
        UPDATE jobs SET status = 'running', attempts = attempts + 1, fence = fence + 1, worker_id = $1,
          lease_until = now() + make_interval(secs => ($3::float8[])[array_position($2::text[], name)]),
          started_at = coalesce(started_at, now())
        WHERE id = ANY(ARRAY(SELECT id FROM due))
        RETURNING id, name, payload, attempts AS attempt, max_attempts AS "maxAttempts", fence`,
      values: [workerId, [...leaseSeconds.keys()], [...leaseSeconds.values()]],
    });
    return rows;
  }

  /**
   * Extends the leases of running jobs and hears of cancellations. A row that somebody has locked is left for the
   * next beat, so that one stuck transaction cannot cost the other jobs their leases.
   */
  async beat(jobs: readonly (Held & { leaseSeconds: number })[]): Promise<Pulse[]> {
    const { rows } = await this.#pool.query<Pulse>({
      name: "beat_jobs",
      text: `
        WITH mine AS (SELECT * FROM unnest($1::text[], $2::bigint[], $3::float8[]) AS mine(id, fence, seconds)),
        free AS MATERIALIZED (
          SELECT jobs.id, mine.seconds FROM jobs JOIN mine USING (id, fence)
          WHERE status = 'running' FOR NO KEY UPDATE OF jobs SKIP LOCKED
        ),
        extended AS (
          UPDATE jobs SET lease_until = now() + make_interval(secs => free.seconds)
          FROM free WHERE jobs.id = free.id RETURNING jobs.id
        )
        SELECT mine.id, jobs.id IS NOT NULL AS "isHeld", extended.id IS NOT NULL AS "isExtended",
          coalesce(jobs.cancel_requested, false) AS "cancelRequested"
        FROM mine
        LEFT JOIN jobs ON jobs.id = mine.id AND jobs.fence = mine.fence AND jobs.status = 'running'
        LEFT JOIN extended ON extended.id = mine.id`,
      values: [jobs.map(({ id }) => id), jobs.map(({ fence }) => fence), jobs.map(({ leaseSeconds }) => leaseSeconds)],
    });
    return rows;
  }

  /**
   * Ends those of the jobs as succeeded that are still this worker's and that nobody has locked.
   *
   * @returns their ids
   */
  async succeedFree(jobs: readonly Done[]): Promise<Set<string>> {
    const { rows } = await this.#pool.query<{ id: string }>({
      name: "succeed_jobs",
      text: `
        WITH free AS MATERIALIZED (
          SELECT id FROM jobs
          WHERE id = ANY($1::text[]) AND fence = ($2::bigint[])[array_position($1::text[], id)] AND status = 'running'
          FOR NO KEY UPDATE SKIP LOCKED
        ),
        job AS (
          UPDATE jobs SET status = 'succeeded', finished_at = now(), lease_until = NULL, error = NULL,
            progress = coalesce(($3::jsonb[])[array_position($1::text[], id)], progress)
          WHERE id = ANY(ARRAY(SELECT id FROM free)) RETURNING id
        )
        SELECT id, pg_notify('${channels.progress}', id) FROM job`,
      values: [jobs.map(({ id }) => id), jobs.map(({ fence }) => fence), jobs.map(({ progress }) => progress)],
    });
    return new Set(rows.map(({ id }) => id));
  }

  /** Ends one job as succeeded. @returns false when it is not this worker's any more */
  succeed({ id, fence, progress }: Done): Promise<boolean> {
    return this.#changes({
      name: "succeed_job",
      text: `
        WITH job AS (
          UPDATE jobs SET status = 'succeeded', finished_at = now(), lease_until = NULL, error = NULL,
            progress = coalesce($3::jsonb, progress)
          WHERE id = $1 AND fence = $2 AND status = 'running' RETURNING id
        )
        SELECT pg_notify('${channels.progress}', id) FROM job`,
      values: [id, fence, progress],
    });
  }

  /** Gives a job back unfinished: it may start at once, and the attempt does not count. */
  release({ id, fence }: Held, progress: string | null): Promise<boolean> {
    return this.#changes({
      name: "release_job",
      text: `
        WITH job AS (
          UPDATE jobs SET status = 'queued', attempts = attempts - 1, lease_until = NULL, worker_id = NULL,
            progress = coalesce($3::jsonb, progress)
          WHERE id = $1 AND fence = $2 AND status = 'running' RETURNING id
        )
        SELECT pg_notify('${channels.jobs}', ''), pg_notify('${channels.progress}', id) FROM job`,
      values: [id, fence, progress],
    });
  }

  saveProgress({ id, fence }: Held, progress: string): Promise<boolean> {
    return this.#changes({
      name: "save_progress",
      text: `
        WITH job AS (
          UPDATE jobs SET progress = $3::jsonb WHERE id = $1 AND fence = $2 AND status = 'running' RETURNING id
        )
        SELECT pg_notify('${channels.progress}', id) FROM job`,
      values: [id, fence, progress],
    });
  }

  /** @returns false when the job is not this worker's any more, and nothing was stored */
  saveStep({ id, fence }: Held, name: string, result: string): Promise<boolean> {
    return this.#changes({
      name: "save_step",
      text: `
        WITH job AS (SELECT id FROM jobs WHERE id = $1 AND fence = $2 AND status = 'running' FOR SHARE)
        INSERT INTO job_steps (job_id, name, result) SELECT id, $3, $4::jsonb FROM job
        ON CONFLICT (job_id, name) DO UPDATE SET result = excluded.result`,
      values: [id, fence, name, result],
    });
  }

  /** Results of the steps that earlier attempts finished. */
  async loadSteps(jobId: string): Promise<Map<string, unknown>> {
    const text = "SELECT name, result FROM job_steps WHERE job_id = $1";
    const { rows } = await this.#pool.query<{ name: string; result: unknown }>({
      name: "load_steps",
      text,
      values: [jobId],
    });
    return new Map(rows.map(({ name, result }) => [name, result]));
  }

  /** Says that a worker lives, and forgets those that are long silent. */
  async sayAlive(workerId: string): Promise<void> {
    await this.#pool.query({
      name: "say_alive",
      text: `
        WITH silent AS (DELETE FROM workers WHERE seen_at < now() - make_interval(secs => ${WORKER_FORGOTTEN_SECONDS}) AND id <> $1)
        INSERT INTO workers (id, seen_at) VALUES ($1, now()) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at`,
      values: [workerId],
    });
  }

  async sayGone(workerId: string): Promise<void> {
    await this.#pool.query("DELETE FROM workers WHERE id = $1", [workerId]);
  }

  /** Deletes jobs that ended long ago, with their steps. */
  async forgetFinished(): Promise<void> {
    await this.#pool.query(`DELETE FROM jobs WHERE finished_at < now() - make_interval(days => ${FINISHED_KEPT_DAYS})`);
  }

  async #changes(query: { name: string; text: string; values: unknown[] }): Promise<boolean> {
    const { rowCount } = await this.#pool.query(query);
    return (rowCount ?? 0) > 0;
  }
}
