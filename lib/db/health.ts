import type { Db } from "./client";

/** Whether the database answers and somebody works on its jobs. @throws when it does not answer */
export async function readHealth(db: Db): Promise<{ workers: number; jobs_waiting: number }> {
  const [row] = await db.$queryRaw<{ workers: number; waiting: number }[]>`
    SELECT (SELECT count(*)::int FROM workers WHERE seen_at > now() - interval '30 seconds') AS workers,
           (SELECT count(*)::int FROM jobs WHERE status = 'queued') AS waiting`;
  return { workers: row?.workers ?? 0, jobs_waiting: row?.waiting ?? 0 };
}
