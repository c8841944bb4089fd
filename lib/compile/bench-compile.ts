import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { closePool, runTask, setThreads } from "@/lib/compute/pool";
import { connect, type Db } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { startTestPostgres } from "@/lib/db/pg-test-server";
import { transaction } from "@/lib/db/transaction";
import { newId } from "@/lib/ids";
import { SyncProgress } from "@/lib/faces/schemas";
import { findJob } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
import { perturbedBook } from "./bench-compile-book";
import { sentences } from "./sentences";
import { syncFace } from "./sync-face.job";

/**
 * Measures compiling with the built-in engine: a book of some 80,000 tokens through the real job, on a database of its
 * own, in this process, which is the worker. `npm run bench:compile [-- <text file or number of tokens>]`
 *
 * A blocked loop is told twice: by the clock, which on a busy machine also counts the time that others had the core,
 * and by the main thread's own CPU time between two looks, which is what this code did to it.
 *
 * Beside it the floor: the same sentences through the encoder alone, in as many threads.
 */
const bookTokens = Number(process.argv[2]) || 80_000;
const threads = 2;
const lookEveryMs = 100;
const cpuLookMs = 5;
const target = { tokensPerMinute: 20_000, longestBlockMs: 50 };

type Run = {
  tokens: number;
  chunks: number;
  seconds: number;
  stages: Map<string, number>;
  peakMb: number;
  endMb: number;
};

const postgres = await startTestPostgres();
await migrate(postgres.url);
const db = connect(postgres.url);
setThreads(threads);
try {
  await main();
} finally {
  await closePool();
  await db.$disconnect();
  await postgres.stop();
}

async function main(): Promise<void> {
  const path = Number.isNaN(Number(process.argv[2])) ? process.argv[2] : undefined;
  const book = (seed: number) => (path === undefined ? perturbedBook(bookTokens, seed) : readFile(path, "utf8"));
  const name = path ?? "the sample face's own texts, perturbed (no sentence twice)";
  print("text", name);
  const text = await book(1);
  // warm: threads, encoder and connections are there in a worker that has compiled anything before
  await compile(db, "A first line. I never forget a face.");
  const floor = await encoderAlone(text);
  const startMb = rssMb();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = watchCpu();
  const first = await compile(db, text);
  const busy = cpu.stop();
  delay.disable();
  const second = await compile(db, path === undefined ? await book(2) : `${text}\n\nThe end.`);
  tell(first, second, { floor, startMb, delay, busy });
}

/** One book through the job, from the press to the end of the sync. */
async function compile(database: Db, text: string): Promise<Run> {
  const { faceId, tokens, chunks } = await stage(database, text);
  const worker = await startWorker({ url: postgres.url, db: database, jobs: [syncFace] });
  const stages = new Map<string, number>();
  const startedAt = performance.now();
  const { id } = await transaction(database, (tx) => syncFace.enqueue(tx, { faceId, apiKeyId: null }));
  let peakMb = 0;
  let seenAt = startedAt;
  for (let status = "queued"; status === "queued" || status === "running";) {
    await sleep(lookEveryMs);
    peakMb = Math.max(peakMb, rssMb());
    const job = await findJob(database, id);
    status = job?.status ?? "gone";
    const stageNow = SyncProgress.safeParse(job?.progress).data?.stage ?? "queued";
    stages.set(stageNow, (stages.get(stageNow) ?? 0) + performance.now() - seenAt);
    seenAt = performance.now();
    if (status === "failed") throw new Error(`The sync failed: ${job?.error}`);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await worker.stop();
  return { tokens, chunks, seconds, stages, peakMb, endMb: rssMb() };
}

/** A face of nobody, as the sample is, with one text that waits. */
async function stage(database: Db, text: string): Promise<{ faceId: string; tokens: number; chunks: number }> {
  const faceId = newId("face");
  const { tokens, chunks } = await runTask("measureText", { text, type: "document" });
  await database.face.create({ data: { id: faceId, username: faceId.slice(-20), name: "Mara Lindqvist" } });
  await database.document.create({
    data: {
      ...{ id: newId("document"), faceId, type: "document", label: "Book", source: "paste", mimeType: "text/plain" },
      ...{ perspective: "first-person", tokenCount: tokens, chunksTotal: chunks, queuedVersion: 1 },
      contentHash: createHash("sha256").update(text).digest("hex"),
      versions: { create: { version: 1, content: text } },
    },
  });
  return { faceId, tokens, chunks };
}

/** Seconds that the encoder alone takes for the text's sentences. */
async function encoderAlone(text: string): Promise<number> {
  const all = sentences(text).map((sentence) => sentence.text);
  const batches = Array.from({ length: Math.ceil(all.length / 32) }, (_each, n) => all.slice(n * 32, n * 32 + 32));
  await Promise.all(Array.from({ length: threads }, () => runTask("embed", { texts: ["Warm."] })));
  const startedAt = performance.now();
  await Promise.all(batches.map((texts) => runTask("embed", { texts })));
  return (performance.now() - startedAt) / 1000;
}

type Measured = { floor: number; startMb: number; delay: ReturnType<typeof monitorEventLoopDelay>; busy: number[] };

function tell(first: Run, second: Run, { floor, startMb, delay, busy }: Measured): void {
  const perMinute = (run: Run) => Math.round((run.tokens / run.seconds) * 60);
  const ms = (nanoseconds: number) => `${(nanoseconds / 1e6).toFixed(1)} ms`;
  const mb = (value: number) => `${Math.round(value)} MB`;
  print("book", `${first.tokens} tokens in ${first.chunks} pieces`);
  print("tokens/min", `${perMinute(first)}; second book ${perMinute(second)} (target ${target.tokensPerMinute})`);
  print(
    "encoder alone",
    `${Math.round((first.tokens / floor) * 60)} tokens/min; the job takes ${(first.seconds / floor).toFixed(2)}×`,
  );
  print(
    "loop delay",
    `p50 ${ms(delay.percentile(50))}, p99 ${ms(delay.percentile(99))}, max ${ms(delay.max)} (target ${target.longestBlockMs} ms)`,
  );
  const spent = [...busy].sort((a, b) => a - b);
  const at = (q: number) => `${(spent[Math.floor(q * (spent.length - 1))] ?? 0).toFixed(1)} ms`;
  print(
    "loop CPU",
    `p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)} between two looks; over 50 ms: ${spent.filter((each) => each > target.longestBlockMs).length} of ${spent.length}`,
  );
  print(
    "memory",
    `start ${mb(startMb)}, peak ${mb(first.peakMb)}, end ${mb(first.endMb)}; second book: peak ${mb(second.peakMb)}, end ${mb(second.endMb)}`,
  );
  const stages = [...first.stages].map(([stage, spent]) => `${stage} ${(spent / 1000).toFixed(1)} s`);
  print("stages", `${stages.join(", ")}; in all ${first.seconds.toFixed(1)} s`);
}

function rssMb(): number {
  return process.memoryUsage.rss() / 1e6;
}

function print(label: string, value: string): void {
  process.stdout.write(`${label.padEnd(14)} ${value}\n`);
}

/** CPU milliseconds of the main thread between two turns of its loop; nothing where Node cannot tell (before 23.9). */
function watchCpu(): { stop: () => number[] } {
  const spent: number[] = [];
  if (typeof process.threadCpuUsage !== "function") return { stop: () => spent };
  const milliseconds = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let last = milliseconds();
  const timer = setInterval(() => {
    const now = milliseconds();
    spent.push(now - last);
    last = now;
  }, cpuLookMs);
  return {
    stop() {
      clearInterval(timer);
      return spent;
    },
  };
}
