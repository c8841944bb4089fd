import { Pool } from "pg";
import { z } from "zod";
import { connect, type Db } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { startTestPostgres } from "@/lib/db/pg-test-server";
import { transaction } from "@/lib/db/transaction";
import { newId } from "@/lib/ids";
import { defineJob } from "./define-job";
import { startWorker } from "./worker";

/**
 * Measures the job engine against the least that could work: loops of claim and mark done on the same table, in the
 * same run. `npm run bench:jobs`
 */
const JOBS = 4000;
const ROUNDS = 5;
const LATENCY_SAMPLES = 300;
const CONCURRENCY = 4;

const noop = defineJob({
  name: "bench.noop",
  payload: z.object({ n: z.number() }),
  maxAttempts: 3,
  leaseSeconds: 30,
  run: async () => undefined,
});

async function fill(db: Db): Promise<void> {
  await db.$executeRaw`TRUNCATE jobs CASCADE`;
  const data = Array.from({ length: JOBS }, (_, n) => ({
    id: newId("job"),
    name: noop.name,
    payload: { n },
    maxAttempts: 3,
  }));
  await db.job.createMany({ data });
  await db.$executeRaw`ANALYZE jobs`;
}

/** Jobs a second of bare loops: one statement claims a row, one marks it done. */
async function rawLoop(url: string): Promise<number> {
  const pool = new Pool({ connectionString: url, max: CONCURRENCY });
  await Promise.all(Array.from({ length: CONCURRENCY }, () => pool.query("SELECT 1")));
  const started = performance.now();
  const loop = async () => {
    for (;;) {
      const { rows } = await pool.query<{ id: string }>({
        name: "claim",
        text: `UPDATE jobs SET status = 'running' WHERE id = (
                 SELECT id FROM jobs WHERE status = 'queued' AND run_at <= now() ORDER BY run_at LIMIT 1 FOR UPDATE SKIP LOCKED
               ) RETURNING id`,
      });
      const id = rows[0]?.id;
      if (id === undefined) return;
      await pool.query({ name: "done", text: "UPDATE jobs SET status = 'succeeded' WHERE id = $1", values: [id] });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, loop));
  const perSecond = JOBS / ((performance.now() - started) / 1000);
  await pool.end();
  return perSecond;
}

/** Jobs a second of one worker with the same number of hands. */
async function engine(url: string, db: Db): Promise<number> {
  const done = Promise.withResolvers<number>();
  let count = 0;
  const counting = { ...noop, run: async () => void (++count === JOBS && done.resolve(performance.now())) };
  const started = performance.now();
  const worker = await startWorker({ url, db, jobs: [counting], concurrency: CONCURRENCY });
  const ended = await done.promise;
  await worker.stop();
  return JOBS / ((ended - started) / 1000);
}

type Latency = { fromCommit: number; fromCall: number };

/** Milliseconds from the enqueue (its call, its commit) until `run` begins, in an idle worker. */
async function latencies(url: string, db: Db): Promise<Latency[]> {
  await db.$executeRaw`TRUNCATE jobs CASCADE`;
  let begun = Promise.withResolvers<number>();
  const timed = { ...noop, run: async () => begun.resolve(performance.now()) };
  const worker = await startWorker({ url, db, jobs: [timed], concurrency: CONCURRENCY, pollMs: 3_600_000 });
  const samples: Latency[] = [];
  for (let n = 0; n < LATENCY_SAMPLES; n++) {
    begun = Promise.withResolvers();
    const calledAt = performance.now();
    await transaction(db, (tx) => noop.enqueue(tx, { n }));
    const committedAt = performance.now();
    const begunAt = await begun.promise;
    samples.push({ fromCommit: Math.max(0, begunAt - committedAt), fromCall: begunAt - calledAt });
  }
  await worker.stop();
  return samples.slice(LATENCY_SAMPLES / 10);
}

function quantile(values: number[], q: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? NaN;
}

const postgres = await startTestPostgres();
try {
  await migrate(postgres.url);
  const db = connect(postgres.url);
  const ratios: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    await fill(db);
    const raw = await rawLoop(postgres.url);
    await fill(db);
    const ours = await engine(postgres.url, db);
    ratios.push(ours / raw);
    console.log(
      `round ${round}: raw loop ${raw.toFixed(0)}/s, engine ${ours.toFixed(0)}/s, ratio ${(ours / raw).toFixed(2)}`,
    );
  }
  console.log(`ratio: median ${quantile(ratios, 0.5).toFixed(2)} (figure: at least 0.50)`);
  const samples = await latencies(postgres.url, db);
  for (const [name, pick] of [
    ["commit", "fromCommit"],
    ["call", "fromCall"],
  ] as const) {
    const values = samples.map((sample) => sample[pick]);
    console.log(
      `enqueue to start, from its ${name}: p50 ${quantile(values, 0.5).toFixed(2)} ms, p95 ${quantile(values, 0.95).toFixed(2)} ms`,
    );
  }
  await db.$disconnect();
} finally {
  await postgres.stop();
}
