import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { connect, type Db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { type AnyJob, defineJob, type Job, type JobContext, type JobDefinition } from "./define-job";
import { LeaseLostError, PermanentJobError } from "./job-errors";
import { cancelJob, findJob, hasLiveWorker } from "./queue";
import { type JobWorker, startWorker, type WorkerOptions } from "./worker";

const Payload = z.object({ n: z.number() });
type Payload = z.infer<typeof Payload>;

let db: Db;
let url: string;
const workers: JobWorker[] = [];
let names = 0;

beforeAll(async () => {
  ({ db, url } = await testDatabase());
  // jobs that fail on purpose
  vi.spyOn(log, "error").mockReturnValue(undefined);
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop({ finishMs: 0 })));
});

/** A job of its own name, so that no other test's worker takes it. */
function job(
  run: (payload: Payload, job: JobContext) => Promise<void>,
  more: Partial<JobDefinition<Payload>> = {},
): Job<Payload> {
  return defineJob({ name: `test.job_${++names}`, payload: Payload, maxAttempts: 3, leaseSeconds: 30, run, ...more });
}

async function work(jobs: AnyJob[], options: Partial<WorkerOptions> = {}): Promise<JobWorker> {
  const worker = await startWorker({ url, db, jobs, random: () => 0, ...options });
  workers.push(worker);
  return worker;
}

function enqueue(definition: Job<Payload>, n = 1): Promise<string> {
  return transaction(db, async (tx) => (await definition.enqueue(tx, { n })).id);
}

function untilStatus(id: string, status: string) {
  return expect.poll(async () => (await findJob(db, id))?.status, { interval: 10, timeout: 10_000 }).toBe(status);
}

/** Stays until its signal is aborted, and throws the reason. */
function untilAborted({ signal }: JobContext): Promise<never> {
  return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
}

describe("workers", () => {
  it("take no more at once of what has a limit, and go on with all other work", async () => {
    let running = 0;
    let most = 0;
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const slow = job(
      async () => {
        most = Math.max(most, ++running);
        await opened;
        running--;
      },
      { atOnce: 2 },
    );
    const quick = job(async () => undefined);
    const waiting = await Promise.all([1, 2, 3, 4, 5].map((n) => enqueue(slow, n)));
    await work([slow, quick]);
    await expect.poll(() => running, { interval: 5 }).toBe(2);
    for (const n of [1, 2, 3]) await untilStatus(await enqueue(quick, n), "succeeded");
    expect(running).toBe(2);
    open();
    for (const id of waiting) await untilStatus(id, "succeeded");
    expect(most).toBe(2);
  });

  it("run each of 200 jobs once when two of them share the table", async () => {
    const seen: number[] = [];
    const count = job(async ({ n }) => void seen.push(n));
    const other = connect(url, 4);
    await Promise.all(Array.from({ length: 200 }, (_, n) => enqueue(count, n)));
    const [a, b] = await Promise.all([work([count]), work([count], { db: other })]);
    await expect
      .poll(() => db.job.count({ where: { name: count.name, status: "succeeded" } }), { timeout: 20_000 })
      .toBe(200);
    expect(seen.sort((x, y) => x - y)).toEqual(Array.from({ length: 200 }, (_, n) => n));
    const shares = await db.job.groupBy({ by: ["workerId"], where: { name: count.name }, _count: true });
    expect(shares.map(({ workerId }) => workerId).sort()).toEqual([a.id, b.id].sort());
    await b.stop();
    await other.$disconnect();
  });

  it("run no more jobs at a time than they may", async () => {
    let running = 0;
    let most = 0;
    const busy = job(async () => {
      most = Math.max(most, ++running);
      await db.$queryRaw`SELECT pg_sleep(0.01)::text`;
      running--;
    });
    await Promise.all(Array.from({ length: 20 }, () => enqueue(busy)));
    await work([busy], { concurrency: 3 });
    await expect.poll(() => db.job.count({ where: { name: busy.name, status: "succeeded" } })).toBe(20);
    expect(most).toBe(3);
  });

  it("wake up for a new job instead of waiting for their next look", async () => {
    let startedAt = 0;
    const wake = job(async () => void (startedAt = performance.now()));
    const first = await work([wake], { pollMs: 3_600_000 });
    const warm = await enqueue(wake);
    await untilStatus(warm, "succeeded");
    const latencies: number[] = [];
    for (let n = 0; n < 20; n++) {
      const id = await enqueue(wake, n);
      const committedAt = performance.now();
      await untilStatus(id, "succeeded");
      latencies.push(startedAt - committedAt);
    }
    expect(latencies.sort((a, b) => a - b)[10]).toBeLessThan(50);
    await first.stop();
  });

  it("leave jobs alone that they do not know, and those that are not due", async () => {
    const known = job(async () => undefined);
    const unknown = job(async () => undefined);
    const stranger = await enqueue(unknown);
    const later = await transaction(db, (tx) => known.enqueue(tx, { n: 1 }, { runAt: new Date(Date.now() + 60_000) }));
    await work([known]);
    await untilStatus(await enqueue(known), "succeeded");
    expect([await findJob(db, stranger), await findJob(db, later.id)]).toMatchObject([
      { status: "queued" },
      { status: "queued" },
    ]);
  });

  it("say that they live, and that they are gone", async () => {
    const worker = await work([job(async () => undefined)]);
    expect(await hasLiveWorker(db)).toBe(true);
    await worker.stop();
    expect(await db.worker.count({ where: { id: worker.id } })).toBe(0);
  });

  it("go on when their connections are cut", async () => {
    const plain = job(async () => undefined);
    await work([plain], { pollMs: 50 });
    await untilStatus(await enqueue(plain), "succeeded");
    await db.$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    await untilStatus(await enqueue(plain), "succeeded");
  });
});

describe("a job that fails", () => {
  it("is tried again, and ends well when it does", async () => {
    const flaky = job(async (_payload, { attempt }) => {
      if (attempt < 3) throw new Error("Not yet.");
    });
    await work([flaky], { pollMs: 50 });
    const id = await enqueue(flaky);
    await untilStatus(id, "succeeded");
    expect(await findJob(db, id)).toMatchObject({ attempts: 3, error: null });
  });

  it("ends as failed with a reason after its last attempt, and says so in the same transaction", async () => {
    const reasons: string[] = [];
    const poison = job(
      async () => {
        throw new Error("Poison.");
      },
      { maxAttempts: 2, onFailed: async (_tx, { n }, reason) => void reasons.push(`${n}: ${reason}`) },
    );
    await work([poison], { pollMs: 50 });
    const id = await enqueue(poison, 7);
    await untilStatus(id, "failed");
    expect(await findJob(db, id)).toMatchObject({ attempts: 2, error: "Error: Poison." });
    expect(reasons).toEqual(["7: It failed twice; the worker's log says why."]);
  });

  it("is not tried again when it says that no try can help", async () => {
    const hopeless = job(async () => {
      throw new PermanentJobError("The file is empty.");
    });
    await work([hopeless]);
    const id = await enqueue(hopeless);
    await untilStatus(id, "failed");
    expect(await findJob(db, id)).toMatchObject({ attempts: 1, error: "PermanentJobError: The file is empty." });
  });

  it("fails at once when its stored payload is not what it takes", async () => {
    const strict = job(async () => undefined);
    const id = newId("job");
    await db.job.create({ data: { id, name: strict.name, payload: { n: "seven" }, maxAttempts: 3 } });
    await work([strict]);
    await untilStatus(id, "failed");
    expect(await findJob(db, id)).toMatchObject({ attempts: 1 });
  });

  it("ends even when its last words fail", async () => {
    const clumsy = job(
      async () => {
        throw new PermanentJobError("Broken.");
      },
      { onFailed: (tx) => tx.$executeRaw`SELECT * FROM no_such_table`.then(() => undefined) },
    );
    await work([clumsy]);
    const id = await enqueue(clumsy);
    await untilStatus(id, "failed");
  });
});

describe("a job that is cancelled", () => {
  it("stops within moments while it runs, and says so in the same transaction", async () => {
    const cancelled: number[] = [];
    const long = job((_payload, context) => untilAborted(context), {
      onCancelled: async (_tx, { n }) => void cancelled.push(n),
    });
    await work([long]);
    const id = await enqueue(long, 9);
    await untilStatus(id, "running");
    const asked = performance.now();
    expect(await cancelJob(db, id)).toBe("running");
    await untilStatus(id, "cancelled");
    expect(performance.now() - asked).toBeLessThan(2000);
    expect(cancelled).toEqual([9]);
  });

  it("runs again when it was asked for while it was stopping", async () => {
    const stopping = Promise.withResolvers<undefined>();
    const askedAgain = Promise.withResolvers<undefined>();
    const attempts: number[] = [];
    const long = job(
      async (_payload, context) => {
        attempts.push(context.attempt);
        if (attempts.length > 1) return;
        await untilAborted(context).catch(() => stopping.resolve(undefined));
        await askedAgain.promise;
        context.signal.throwIfAborted();
      },
      { key: ({ n }) => `${n}`, onCancelled: async () => void attempts.push(-1) },
    );
    await work([long]);
    const id = await enqueue(long, 3);
    await untilStatus(id, "running");
    await cancelJob(db, id);
    await stopping.promise;
    expect(await enqueue(long, 3)).toBe(id);
    askedAgain.resolve(undefined);
    await untilStatus(id, "succeeded");
    expect(attempts).toEqual([1, 1]);
  });
});

describe("a worker that stops", () => {
  it("lets a job finish that is nearly done", async () => {
    const begun = Promise.withResolvers<undefined>();
    const short = job(async ({ n }, { db }) => {
      begun.resolve(undefined);
      await db.$queryRaw`SELECT pg_sleep(${n / 1000})::text`;
    });
    const worker = await work([short]);
    const id = await enqueue(short, 100);
    await begun.promise;
    await worker.stop({ finishMs: 5000 });
    expect(await findJob(db, id)).toMatchObject({ status: "succeeded" });
  });

  it.each([
    ["listens to its signal", (context: JobContext): Promise<never> => untilAborted(context)],
    ["does not", (): Promise<never> => new Promise(() => undefined)],
  ])("gives back a job that %s, and the attempt does not count", async (_name, wait) => {
    const long = job((_payload, context) => wait(context));
    const worker = await work([long]);
    const id = await enqueue(long);
    await untilStatus(id, "running");
    await worker.stop({ finishMs: 0, abortMs: 50 });
    expect(await findJob(db, id)).toMatchObject({ status: "queued", attempts: 0 });
  });
});

describe("a job's own writes", () => {
  it("are refused once it has lost its lease, in every way", async () => {
    const outcomes: unknown[] = [];
    const robbed = job(async (_payload, context) => {
      await db.job.update({ where: { id: context.id }, data: { fence: { increment: 1 } } });
      const attempts = [
        () => context.transaction((tx) => tx.account.create({ data: { id: newId("account") } })),
        () => context.finish(async () => true),
        () => context.step("late", async () => 1),
      ];
      for (const attempt of attempts) outcomes.push(await attempt().catch((error: unknown) => error));
    });
    await work([robbed]);
    await enqueue(robbed);
    await expect.poll(() => outcomes).toHaveLength(3);
    expect(outcomes.every((outcome) => outcome instanceof LeaseLostError)).toBe(true);
    expect([await db.account.count(), await db.jobStep.count()]).toEqual([0, 0]);
  });

  it("are rolled back when the lease is lost between the first of them and the commit", async () => {
    const outcome = Promise.withResolvers<unknown>();
    const robbed = job(async (_payload, context) => {
      const write = context.transaction(async (tx) => {
        await tx.account.create({ data: { id: newId("account") } });
        await db.job.update({ where: { id: context.id }, data: { fence: { increment: 1 } } });
      });
      outcome.resolve(await write.catch((error: unknown) => error));
    });
    await work([robbed]);
    await enqueue(robbed);
    expect(await outcome.promise).toBeInstanceOf(LeaseLostError);
    expect(await db.account.count()).toBe(0);
  });

  it("end the job in their own transaction, unless there is more to do", async () => {
    let looks = 0;
    const loop = job(async (_payload, context) => {
      while (!(await context.finish(async () => ++looks === 3)));
      context.progress({ after: "the end" });
    });
    await work([loop]);
    const id = await enqueue(loop);
    await untilStatus(id, "succeeded");
    expect(looks).toBe(3);
    expect(await findJob(db, id)).toMatchObject({ progress: null });
  });

  it("keep the results of steps for the next attempt, in the same shape", async () => {
    const calls: string[] = [];
    const results: unknown[] = [];
    const stepped = job(async (_payload, { step, attempt }) => {
      results.push(await step("read", async () => (calls.push(`read ${attempt}`), { pages: [1, 2] })));
      await step("nothing", async () => undefined);
      if (attempt === 1) throw new Error("Once.");
    });
    await work([stepped], { pollMs: 50 });
    await untilStatus(await enqueue(stepped), "succeeded");
    expect(calls).toEqual(["read 1"]);
    expect(results).toEqual([{ pages: [1, 2] }, { pages: [1, 2] }]);
  });
});
