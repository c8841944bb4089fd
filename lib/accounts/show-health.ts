import { randomBytes } from "node:crypto";
import type { Ctx } from "@/lib/auth/context";
import { requireAdmin } from "@/lib/auth/require-person";
import { modelsInUse } from "@/lib/compile/models-in-use";
import type { Db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { takesPayments } from "@/lib/payments/stripe-client";
import { store } from "@/lib/storage/store";
import type { HealthView } from "./schemas";

const storageTimeoutMs = 5_000;
const megabyte = 1024 * 1024;

/** How the installation is, for its admins. Nothing in it is a secret. @throws {ForbiddenError} the caller is no admin */
export async function showHealth(ctx: Ctx): Promise<HealthView> {
  requireAdmin(ctx);
  const models = await modelsInUse();
  const [workers, queue, database, storage] = await Promise.all([
    readWorkers(ctx.db),
    readQueue(ctx.db),
    readDatabase(ctx.db),
    checkStorage(),
  ]);
  const isFine = workers.some(({ is_alive }) => is_alive) && storage.is_ok && models.chat !== null;
  return {
    status: isFine ? "ok" : "degraded",
    checked_at: new Date().toISOString(),
    process: {
      pid: process.pid,
      node: process.version,
      uptime_seconds: Math.round(process.uptime()),
      memory_mb: Math.round(process.memoryUsage.rss() / megabyte),
    },
    workers,
    queue,
    database,
    storage,
    models,
    payments: takesPayments() ? "stripe" : "none",
  };
}

async function readWorkers(db: Db): Promise<HealthView["workers"]> {
  const rows = await db.$queryRaw<{ id: string; started_at: Date; seen_at: Date; is_alive: boolean }[]>`
    SELECT id, started_at, seen_at, seen_at > now() - interval '30 seconds' AS is_alive FROM workers
    WHERE seen_at > now() - interval '1 day' ORDER BY started_at DESC LIMIT 100`;
  return rows.map((row) => ({
    ...row,
    started_at: row.started_at.toISOString(),
    seen_at: row.seen_at.toISOString(),
  }));
}

async function readQueue(db: Db): Promise<HealthView["queue"]> {
  const [[row], failed] = await Promise.all([
    db.$queryRaw<Omit<HealthView["queue"], "failed_last_day">[]>`
      SELECT count(*) FILTER (WHERE status = 'queued' AND run_at <= now())::int AS waiting,
        count(*) FILTER (WHERE status = 'running')::int AS running,
        extract(epoch FROM now() - min(run_at) FILTER (WHERE status = 'queued' AND run_at <= now()))::float8
          AS oldest_waiting_seconds
      FROM jobs WHERE status IN ('queued', 'running')`,
    db.$queryRaw<HealthView["queue"]["failed_last_day"]>`
      SELECT name, count(*)::int AS count, (array_agg(error ORDER BY finished_at DESC))[1] AS last_error
      FROM jobs WHERE status = 'failed' AND finished_at > now() - interval '1 day' GROUP BY name ORDER BY name`,
  ]);
  return { waiting: 0, running: 0, oldest_waiting_seconds: null, ...row, failed_last_day: failed };
}

async function readDatabase(db: Db): Promise<HealthView["database"]> {
  const begun = performance.now();
  const [row] = await db.$queryRaw<{ version: string; size_mb: number; connections: number; max: number }[]>`
    SELECT current_setting('server_version') AS version, current_setting('max_connections')::int AS max,
      (pg_database_size(current_database()) / ${megabyte})::int AS size_mb,
      (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()) AS connections`;
  const { version = "", size_mb = 0, connections = 0, max = 0 } = row ?? {};
  const took_ms = Math.round(performance.now() - begun);
  return { is_ok: true, took_ms, error: null, version, size_mb, connections, max_connections: max };
}

/** Whether a file can be written, read and deleted. */
async function checkStorage(): Promise<HealthView["storage"]> {
  const kind = env().STORAGE_URL === undefined ? "folder" : "s3";
  const key = `health/${randomBytes(8).toString("hex")}`;
  const begun = performance.now();
  const result = (error: string | null) => ({
    ...({ kind, is_ok: error === null, error } as const),
    took_ms: Math.round(performance.now() - begun),
  });
  try {
    const signal = AbortSignal.timeout(storageTimeoutMs);
    await store().put(key, Buffer.from("ok"), { contentType: "text/plain", signal });
    for await (const _ of await store().get(key, { signal })) continue;
    await store().delete(key);
    return result(null);
  } catch (error) {
    return result(error instanceof Error ? error.message : "it failed without a word");
  }
}
