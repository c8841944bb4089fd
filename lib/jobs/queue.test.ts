import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { newId } from "@/lib/ids";
import { defineJob } from "./define-job";
import { cancelJob, cancelJobs, findActiveJob, findJob, hasLiveWorker } from "./queue";

const send = defineJob({
  name: "letters.send",
  payload: z.object({ letterId: z.string() }),
  maxAttempts: 3,
  leaseSeconds: 30,
  key: ({ letterId }) => letterId,
  run: async () => undefined,
});

let db: Db;

beforeAll(async () => {
  ({ db } = await testDatabase());
});

describe("enqueue", () => {
  it("leaves nothing when the caller's transaction is rolled back", async () => {
    const letterId = newId("document");
    const attempt = transaction(db, async (tx) => {
      await send.enqueue(tx, { letterId });
      throw new Error("The letter could not be saved.");
    });
    await expect(attempt).rejects.toThrow("could not be saved");
    expect(await findActiveJob(db, send.name, letterId)).toBeNull();
  });

  it("makes one job when fifty ask for the same key at once", async () => {
    const letterId = newId("document");
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => transaction(db, (tx) => send.enqueue(tx, { letterId }))),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(await db.job.count({ where: { name: send.name, key: letterId } })).toBe(1);
  });

  it("makes a new job once the last one is over", async () => {
    const letterId = newId("document");
    const first = await transaction(db, (tx) => send.enqueue(tx, { letterId }));
    await db.job.update({ where: { id: first.id }, data: { status: "succeeded" } });
    const second = await transaction(db, (tx) => send.enqueue(tx, { letterId }));
    expect(second.created).toBe(true);
    expect(second.id).not.toBe(first.id);
  });

  it("lets a waiting job start as early as the most impatient asks", async () => {
    const letterId = newId("document");
    const later = new Date(Date.now() + 3_600_000);
    const { id } = await transaction(db, (tx) => send.enqueue(tx, { letterId }, { runAt: later }));
    expect((await db.job.findUniqueOrThrow({ where: { id } })).runAt).toEqual(later);
    await transaction(db, (tx) => send.enqueue(tx, { letterId }));
    expect((await db.job.findUniqueOrThrow({ where: { id } })).runAt.getTime()).toBeLessThan(later.getTime());
  });

  it("refuses a payload that the job does not take", async () => {
    const payload = { letterId: 7 } as unknown as { letterId: string };
    await expect(transaction(db, (tx) => send.enqueue(tx, payload))).rejects.toThrow(z.ZodError);
  });
});

describe("cancelling", () => {
  it("ends a queued job at once", async () => {
    const letterId = newId("document");
    const { id } = await transaction(db, (tx) => send.enqueue(tx, { letterId }));
    expect(await cancelJobs(db, { name: send.name, key: letterId })).toBe(1);
    expect(await findJob(db, id)).toMatchObject({ status: "cancelled", finishedAt: expect.any(Date) });
  });

  it("says nothing of a job that is over, or never was", async () => {
    const { id } = await transaction(db, (tx) => send.enqueue(tx, { letterId: newId("document") }));
    expect(await cancelJob(db, id)).toBe("cancelled");
    expect(await cancelJob(db, id)).toBeNull();
    expect(await cancelJob(db, newId("job"))).toBeNull();
  });

  it("is taken back when someone asks for the job again before its worker stopped", async () => {
    const letterId = newId("document");
    const { id } = await transaction(db, (tx) => send.enqueue(tx, { letterId }));
    await db.job.update({ where: { id }, data: { status: "running" } });
    expect(await cancelJob(db, id)).toBe("running");
    expect(await transaction(db, (tx) => send.enqueue(tx, { letterId }))).toEqual({ id, created: false });
    expect(await findJob(db, id)).toMatchObject({ status: "running", cancelRequested: false });
  });
});

describe("hasLiveWorker", () => {
  it("counts only workers that were heard of lately", async () => {
    const id = newId("worker");
    await db.worker.create({ data: { id, seenAt: new Date(Date.now() - 60_000) } });
    expect(await hasLiveWorker(db)).toBe(false);
    await db.worker.update({ where: { id }, data: { seenAt: new Date() } });
    expect(await hasLiveWorker(db)).toBe(true);
  });
});
