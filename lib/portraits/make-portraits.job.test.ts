import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { POST as cancel } from "@/app/v1/portraits/orders/[order]/cancel/route";
import { DELETE as deleteOrder, GET as readOrder } from "@/app/v1/portraits/orders/[order]/route";
import { POST as order } from "@/app/v1/portraits/orders/route";
import type { Ctx } from "@/lib/auth/context";
import { settlePortraits } from "@/lib/billing/charge-portraits";
import { grant, readBalance } from "@/lib/billing/ledger";
import { UsageQuery } from "@/lib/billing/schemas";
import { usageReport } from "@/lib/billing/usage-report";
import { testDatabase, testUser } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { createFace } from "@/lib/faces/create-face";
import { testCaller } from "@/lib/http/testing";
import { JobNotifications } from "@/lib/jobs/job-notifications";
import { seededRandom } from "@/lib/seeded-random";
import { store } from "@/lib/storage/store";
import type { Made, PortraitEngine, PortraitOrder } from "./engine";
import { engines } from "./engines";
import { makePortraits } from "./make-portraits.job";
import { drawMock } from "./mock-image";
import { makeAll, testTune } from "./order-testing";
import type { OrderView } from "./portrait-schemas";

process.env["FACES_DATA_DIR"] = mkdtempSync(join(tmpdir(), "faces-made-"));
process.env["MARKUP_PERCENT"] = "50";

/** What the studio is asked for; the models have tests of their own. */
const drawn: { seed: number; text: string }[] = [];
let onDraw: (seed: number) => Promise<void> = async () => undefined;

vi.mock("@/lib/studio/inference", () => ({
  async infer(task: string, input: { seed: number; width: number; height: number; text: string; bytes: Uint8Array }) {
    if (task === "shrink") return { bytes: input.bytes, mimeType: "image/webp", width: 1, height: 1 };
    if (task === "score") return { faces: 1, scores: [0.512] };
    drawn.push({ seed: input.seed, text: input.text });
    await onDraw(input.seed);
    return {
      images: [await image(input)],
      understood: [{ words: "alps", meaning: "mountains" }],
      ignored: [{ words: "riding a horse", why: "Clothes and pose never change." }],
      notes: [],
    };
  },
}));

async function image({ seed, width, height }: { seed: number; width: number; height: number }) {
  const bytes = await drawMock({ width, height, seed, lines: ["TEST"] });
  return { bytes, mimeType: "image/png", width, height, seed };
}

/** An engine elsewhere, which costs two cents an image. */
const asked: PortraitOrder[] = [];
let generate: (order: PortraitOrder) => Promise<Made>;
const paid: PortraitEngine = {
  id: "paid/model",
  name: "A paid model",
  capabilities: { text: "free", inputImage: true, mask: true, people: 1, seed: false },
  costMicroUsd: ({ count }) => 20_000n * BigInt(count),
  async generate(one) {
    asked.push(one);
    return generate(one);
  },
  forget: async () => undefined,
};
(engines() as PortraitEngine[]).push(paid);

const { db, url } = await testDatabase();
const notifications = new JobNotifications(url);
afterAll(() => notifications.close());

let ctx: Ctx;
let caller: Awaited<ReturnType<typeof testCaller>>;
let tune: number;

beforeEach(async () => {
  drawn.length = 0;
  asked.length = 0;
  generate = async (one) => ({
    images: await Promise.all(
      Array.from({ length: one.count }, (_, n) => image({ seed: one.seed + n, width: one.width, height: one.height })),
    ),
    ...{ understood: [], ignored: [], notes: ["Made elsewhere."], remoteIds: { [tune]: "remote-7" } },
  });
  ctx = await testUser(db);
  caller = await testCaller(ctx);
  const face = await createFace(ctx, { username: "ada", aliases: [], basic_facts: "" });
  tune = await testTune(ctx, { faceId: face.id });
  await grant(db, { accountId: ctx.actor.accountId, amountMicroUsd: 1_000_000n, reference: "test" });
});
afterEach(async () => {
  onDraw = async () => undefined;
  // what a test left waiting is no other's
  await db.job.deleteMany();
});

const post = async (fields: object) => {
  const json = { text: `<faceid:${tune}:0.8> woman in the alps riding a horse`, w: 256, h: 320, ...fields };
  const { status, body } = await caller.call(order, { method: "POST", json });
  return { status, order: (body as { data: OrderView }).data, detail: (body as { detail: string }).detail };
};
const read = async (id: number) =>
  ((await caller.call(readOrder, { params: { order: String(id) } })).body as { data: OrderView }).data;
const stop = (id: number) => caller.call(cancel, { method: "POST", params: { order: String(id) } });
const make = () => makeAll(ctx, url, notifications);
const money = async () => {
  const { balanceMicroUsd, reservedMicroUsd } = await readBalance(db, ctx.actor.accountId);
  return { balance: balanceMicroUsd, held: reservedMicroUsd };
};
const usage = () => db.usageRecord.findMany({ where: { accountId: ctx.actor.accountId, kind: "portrait" } });
const files = () => db.orphanedObject.count();
const whole = { balance: 1_000_000n, held: 0n };

describe("an order to the studio", () => {
  test("is drawn image by image, measured, told, and counted at no charge", async () => {
    const placed = await post({ num_images: 3, seed: 4294967295 });
    expect(placed.status).toBe(201);
    expect(placed.order).toMatchObject({
      status: "queued",
      progress: 0,
      stage: "queued",
      has_worker: false,
      portraits: [],
    });
    await make();
    const done = await read(placed.order.id);
    expect(drawn).toEqual([4294967295, 0, 1].map((seed) => ({ seed, text: "{1} woman in the alps riding a horse" })));
    expect(done).toMatchObject({
      ...{ status: "done", progress: 1, stage: "done", user_error: null, cost_usd: 0 },
      understood: [{ words: "alps", meaning: "mountains" }],
      ignored: [{ words: "riding a horse", why: "Clothes and pose never change." }],
      face: { username: "ada" },
      tunes: [{ id: tune, title: "Ann", strength: 0.8 }],
    });
    expect(done.portraits.map(({ seed, identity_score }) => [seed, identity_score])).toEqual([
      [4294967295, 0.512],
      [0, 0.512],
      [1, 0.512],
    ]);
    expect(await usage()).toMatchObject([{ model: "studio", costMicroUsd: 0n, reference: `portrait:${done.id}` }]);
    expect(await money()).toEqual(whole);
  });

  test("that loses its worker half-way goes on behind what is stored: nothing is drawn twice", async () => {
    onDraw = async (seed) => {
      if (seed !== 12 || drawn.length > 3) return;
      // another worker takes it, while this one does not know that it is dead
      await db.$executeRaw`UPDATE jobs SET lease_until = now() - interval '1 hour' WHERE name = 'portraits.make' AND status = 'running'`;
      await expect.poll(() => drawn.length, { timeout: 20_000 }).toBeGreaterThan(3);
    };
    const { order: placed } = await post({ num_images: 4, seed: 10 });
    await make();
    expect((await read(placed.id)).portraits.map(({ seed }) => seed)).toEqual([10, 11, 12, 13]);
    // the third, in the middle of which the first worker was lost, twice; no other
    expect(drawn.map(({ seed }) => seed)).toEqual([10, 11, 12, 12, 13]);
    expect(await usage()).toHaveLength(1);
    const kept = await db.portrait.findMany({ where: { promptId: placed.id } });
    for (const { storageKey } of kept) expect(await store().exists(storageKey)).toBe(true);
  });

  test("whose job runs again after all was written changes nothing", async () => {
    const { order: placed } = await post({ num_images: 2, seed: 1 });
    await make();
    const before = await read(placed.id);
    await transaction(db, (tx) => makePortraits.enqueue(tx, { promptId: placed.id, reservationId: null }));
    await make();
    const after = await read(placed.id);
    expect([after.status, after.portraits.map(({ id }) => id)]).toEqual(["done", before.portraits.map(({ id }) => id)]);
    expect([drawn.length, await usage()]).toMatchObject([2, { length: 1 }]);
  });

  test("that is refused says why and is not tried again", async () => {
    onDraw = async () => {
      throw new AppError("invalid_input", "The face in the image looks too far to the side.");
    };
    const { order: placed } = await post({});
    await make();
    expect(await read(placed.id)).toMatchObject({
      status: "failed",
      user_error: "The face in the image looks too far to the side.",
      portraits: [],
    });
    expect(drawn).toHaveLength(1);
    expect(await usage()).toEqual([]);
  });
});

describe("an order that costs", () => {
  test("is held when it is placed and charged, with the markup, when it is made", async () => {
    const { order: placed } = await post({ engine: "paid/model", num_images: 2 });
    expect(await money()).toEqual({ balance: 1_000_000n, held: 60_000n });
    await make();
    expect(await money()).toEqual({ balance: 940_000n, held: 0n });
    expect(await read(placed.id)).toMatchObject({ status: "done", cost_usd: 0.06, notes: ["Made elsewhere."] });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      text: "{1} woman in the alps riding a horse",
      count: 2,
      people: [{ strength: 0.8 }],
    });
    expect((await db.tune.findUniqueOrThrow({ where: { id: tune } })).remoteIds).toEqual({ "paid/model": "remote-7" });
    const report = await usageReport(ctx, UsageQuery.parse({ group_by: "face" }));
    expect(report.rows).toMatchObject([
      { label: "ada", requests: 1, cost_usd: 0.06, cost_by_kind_usd: { portrait: 0.06 } },
    ]);
    expect(report.totals.ledger_charges_usd).toBe(0.06);
  });

  test("is charged for what came, when fewer came", async () => {
    const all = generate;
    generate = (one) => all({ ...one, count: 1 });
    await post({ engine: "paid/model", num_images: 4 });
    await make();
    expect(await money()).toEqual({ balance: 970_000n, held: 0n });
  });

  test("is not taken without credit, nor beyond a key's budget", async () => {
    const dear = await post({ engine: "paid/model", num_images: 8 });
    expect(dear.status).toBe(201);
    await grant(db, { accountId: ctx.actor.accountId, amountMicroUsd: 1n, reference: "more" });
    for (let n = 0; n < 3; n++) await post({ engine: "paid/model", num_images: 8 });
    const poor = await post({ engine: "paid/model", num_images: 8 });
    expect([poor.status, poor.detail]).toEqual([
      402,
      "These portraits cost up to $0.240000 and $0.040001 of credit is available. Add credit, order fewer images, or use an engine that is free.",
    ]);
    expect(await db.prompt.count({ where: { accountId: ctx.actor.accountId } })).toBe(4);
    // as it is sent, which is not as it is kept
    const budget: object = { budget_usd: 0.01 };
    caller = await testCaller(ctx, budget);
    expect((await post({ engine: "paid/model" })).status).toBe(402);
    expect((await post({})).status).toBe(201);
  });

  test("costs nothing when its engine fails, and is not placed there again", async () => {
    generate = async () => {
      throw new AppError("upstream_failed", "The model refused the text.");
    };
    const { order: placed } = await post({ engine: "paid/model", callback: "https://example.com/told" });
    await make();
    expect(await read(placed.id)).toMatchObject({
      status: "failed",
      user_error: "The model refused the text.",
      stage: "failed",
    });
    expect(asked).toHaveLength(1);
    expect(await money()).toEqual(whole);
  });

  test("is tried again where the engine says when, and charged once", async () => {
    const good = generate;
    generate = async (one) => {
      if (asked.length < 2) throw new AppError("upstream_failed", "Busy.", { retryAfterSeconds: 0 });
      return good(one);
    };
    await post({ engine: "paid/model" });
    await make();
    expect(asked).toHaveLength(2);
    expect(await money()).toEqual({ balance: 970_000n, held: 0n });
    expect(await usage()).toHaveLength(1);
  });

  test("keeps what its engine has to know again, and what it made of a tune, whatever becomes of it", async () => {
    const seen: unknown[] = [];
    const good = generate;
    generate = async (one) => {
      seen.push(await one.memory?.load());
      await one.memory?.save({ number: 42 });
      await one.onRemoteId?.(tune, "remote-7");
      if (seen.length < 2) throw new AppError("upstream_failed", "Busy.", { retryAfterSeconds: 0 });
      return good(one);
    };
    await post({ engine: "paid/model" });
    await make();
    expect(seen).toEqual([null, { number: 42 }]);
    expect(await db.job.findFirst({ where: { name: "portraits.tidy" }, orderBy: { createdAt: "desc" } })).toMatchObject(
      {
        payload: { engine: "paid/model", memory: { number: 42 } },
      },
    );
    // another order was first: this one's copy is one too many
    await db.tune.update({ where: { id: tune }, data: { remoteIds: { "paid/model": "remote-1" } } });
    await post({ engine: "paid/model" });
    await make();
    expect((await db.tune.findUniqueOrThrow({ where: { id: tune } })).remoteIds).toEqual({ "paid/model": "remote-1" });
    expect(await db.orphanedTune.count({ where: { remoteId: "remote-7" } })).toBe(1);
  });
});

describe("an order that is stopped", () => {
  test("while it waits costs nothing, and is stopped however often", async () => {
    const { order: placed } = await post({ engine: "paid/model" });
    for (let n = 0; n < 2; n++) {
      const { status, body } = await stop(placed.id);
      expect([status, (body as { data: OrderView }).data]).toMatchObject([
        200,
        { status: "cancelled", stage: "cancelled" },
      ]);
    }
    expect(await money()).toEqual(whole);
    await make();
    expect(asked).toEqual([]);
  });

  test("while it is made stops its engine, leaves no files and costs nothing", async () => {
    const before = await files();
    let reason: unknown = null;
    generate = (one) =>
      new Promise((_resolve, reject) => {
        one.signal.addEventListener("abort", () => {
          reason = one.signal.reason;
          reject(one.signal.reason as Error);
        });
        void stop(one.promptId);
      });
    const { order: placed } = await post({ engine: "paid/model" });
    await make();
    expect(String(reason)).toContain("was cancelled");
    expect(await read(placed.id)).toMatchObject({ status: "cancelled", user_error: "The order was cancelled." });
    expect([await money(), await files()]).toEqual([whole, before]);
  });

  test("deleted while it is made, or with its face, is gone and costs nothing", async () => {
    for (const remove of [
      (id: number) => caller.call(deleteOrder, { method: "DELETE", params: { order: String(id) } }),
      () => db.tune.delete({ where: { id: tune } }),
    ]) {
      const good = generate;
      generate = async (one) => {
        await one.memory?.save({ number: one.promptId });
        await remove(one.promptId);
        return good({ ...one, signal: new AbortController().signal });
      };
      const { order: placed } = await post({ engine: "paid/model" });
      await make();
      generate = good;
      expect(await db.prompt.count({ where: { id: placed.id } })).toBe(0);
      expect(await db.portrait.count({ where: { promptId: placed.id } })).toBe(0);
      expect(await money()).toEqual(whole);
      // what is left of it elsewhere is deleted there
      const tidying = await db.job.findMany({ where: { name: "portraits.tidy", key: String(placed.id) } });
      expect(tidying).toMatchObject([{ payload: { engine: "paid/model", memory: { number: placed.id } } }]);
    }
  });

  test("when it is done already says so", async () => {
    const { order: placed } = await post({});
    await make();
    const { status, body } = await stop(placed.id);
    expect([status, (body as { detail: string }).detail]).toEqual([
      409,
      `Order ${placed.id} has ended already: it is done.`,
    ]);
  });

  test("by many at once, at any moment: done and charged, or stopped and free, never both", async () => {
    const ids: number[] = [];
    for (let n = 0; n < 12; n++) ids.push((await post({ engine: "paid/model" })).order.id);
    const random = seededRandom(3);
    const stops: Promise<unknown>[] = [];
    const good = generate;
    generate = async (one) => {
      // one that waits, is made or is done; and now and then the very one
      for (const id of [ids[Math.floor(random() * ids.length)] ?? 0, random() < 0.3 ? one.promptId : 0]) {
        if (id !== 0) stops.push(stop(id), stop(id));
      }
      return good(one);
    };
    await make();
    await Promise.all(stops);
    const rows = await db.prompt.findMany({ where: { id: { in: ids } }, include: { portraits: true } });
    for (const { status, portraits, costMicroUsd } of rows) {
      expect(["done", "cancelled"]).toContain(status);
      expect([portraits.length, costMicroUsd]).toEqual(status === "done" ? [1, 30_000n] : [0, 0n]);
    }
    const done = rows.filter(({ status }) => status === "done").length;
    expect(await usage()).toHaveLength(done);
    expect(await money()).toEqual({ balance: 1_000_000n - 30_000n * BigInt(done), held: 0n });
  });
});

test("an order is charged once, however many settle it at the same time", async () => {
  const { accountId } = ctx.actor;
  const work = {
    accountId,
    apiKeyId: null,
    promptId: 7_000_001,
    faceId: null,
    model: "paid/model",
    reservationId: null,
  };
  const settled = await Promise.all(
    Array.from({ length: 20 }, () => transaction(db, (tx) => settlePortraits(tx, { ...work, costMicroUsd: 5_000n }))),
  );
  expect(settled.filter(Boolean)).toHaveLength(1);
  expect(await money()).toEqual({ balance: 995_000n, held: 0n });
});
