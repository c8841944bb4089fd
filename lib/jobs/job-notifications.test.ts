import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { defineJob } from "./define-job";
import { JobNotifications } from "./job-notifications";
import { findJob } from "./queue";
import { type JobWorker, startWorker } from "./worker";

let db: Db;
let url: string;
let notifications: JobNotifications;
let worker: JobWorker | undefined;

beforeAll(async () => {
  ({ db, url } = await testDatabase());
  notifications = new JobNotifications(url);
});
afterEach(async () => {
  await worker?.stop();
  await notifications.close();
});

/** The changes told from now on, once the connection is there. */
async function listenNow(): Promise<(string | null)[]> {
  const told: (string | null)[] = [];
  const connected = Promise.withResolvers<undefined>();
  notifications.subscribe((jobId) => {
    told.push(jobId);
    connected.resolve(undefined);
  });
  await connected.promise;
  return told;
}

describe("job notifications", () => {
  it("tell of progress, at most twice a second, and of the end with the last progress in the row", async () => {
    const chatty = defineJob({
      name: "test.chatty",
      payload: z.object({}),
      maxAttempts: 1,
      leaseSeconds: 30,
      async run(_payload, { progress, db }) {
        const value = { done: 0 };
        for (; value.done < 200; value.done++) {
          progress(value);
          await db.$queryRaw`SELECT pg_sleep(0.002)::text`;
        }
        progress(value);
      },
    });
    const told = await listenNow();
    worker = await startWorker({ url, db, jobs: [chatty] });
    const { id } = await transaction(db, (tx) => chatty.enqueue(tx, {}));
    await expect.poll(async () => (await findJob(db, id))?.status, { timeout: 10_000 }).toBe("succeeded");
    const view = await findJob(db, id);
    expect(view?.progress).toEqual({ done: 200 });
    const seconds = (Number(view?.finishedAt) - Number(view?.startedAt)) / 1000;
    await expect.poll(() => told.filter((jobId) => jobId === id).length).toBeGreaterThanOrEqual(2);
    expect(told.filter((jobId) => jobId === id).length).toBeLessThanOrEqual(Math.ceil(seconds * 2) + 2);
  });

  it("come again after the connection was cut, and ask to look again", async () => {
    const told = await listenNow();
    await db.$queryRaw`
      SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'LISTEN%'`;
    await expect.poll(() => told, { timeout: 10_000 }).toEqual([null, null]);
    await db.$queryRaw`SELECT pg_notify('faces_progress', 'job_1')::text`;
    await expect.poll(() => told).toContain("job_1");
  });

  it("wake up who waits for a job, and nobody else", async () => {
    await listenNow();
    const woken: string[] = [];
    const wait = (id: string, timeoutMs: number) =>
      notifications.waitForJob(id, { timeoutMs }).then(() => void woken.push(id));
    const waits = [wait("job_a", 60_000), wait("job_b", 200)];
    await db.$queryRaw`SELECT pg_notify('faces_progress', 'job_a')::text`;
    await Promise.all(waits);
    expect(woken).toEqual(["job_a", "job_b"]);
  });

  it("end a wait when its caller has gone", async () => {
    const controller = new AbortController();
    const wait = notifications.waitForJob("job_a", { timeoutMs: 60_000, signal: controller.signal });
    controller.abort();
    await wait;
    await notifications.waitForJob("job_a", { timeoutMs: 60_000, signal: controller.signal });
  });
});
