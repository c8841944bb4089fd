import { readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { costMicroUsd } from "@/lib/billing/prices";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { resolveModel } from "@/lib/models/catalogue";
import { openMeter } from "./meter";
import { settleNotes } from "./meter-replay";
import { books, chat, serveFrom, userWithFace } from "./testing";
import { startZoo } from "./zoo-upstream";
import { answer, ordinary, streaming, told, whole } from "./zoo-wire";

const upstream = await startZoo();
serveFrom(upstream.url);
// a busy machine is not a silent provider
vi.stubEnv("UPSTREAM_TIMEOUT_SECONDS", "300");
const dataFolder = join(tmpdir(), `faces-outage-${process.pid}-${Date.now()}`);
vi.stubEnv("FACES_DATA_DIR", dataFolder);
const { db } = await testDatabase();
const model = resolveModel("gpt-4o-mini");
const cost = costMicroUsd(model.price, told);

let outages: (() => void)[] = [];

afterEach(async () => {
  outages.forEach((end) => end());
  outages = [];
  // the process looks again by itself after an outage, with a timer that must not stay behind
  if (vi.isFakeTimers()) await vi.runOnlyPendingTimersAsync();
  vi.useRealTimers();
  vi.restoreAllMocks();
  await rm(dataFolder, { recursive: true, force: true });
});
afterAll(async () => {
  await upstream.stop();
  await closePool();
});

async function notes(): Promise<string[]> {
  return (await readdir(join(dataFolder, "unsettled")).catch(() => [])).map((name) =>
    join(dataFolder, "unsettled", name),
  );
}

/** A context whose database fails, or does not answer, from the moment the money is held. */
function outage(ctx: Ctx, how: "refuses" | "hangs"): { ctx: Ctx; end: () => void } {
  let calls = 0;
  let isOver = false;
  const failing = new Proxy(db, {
    get(target, key) {
      const value = Reflect.get(target, key) as unknown;
      if (!["$transaction", "$queryRaw", "$executeRaw"].includes(String(key))) return value;
      return (...call: unknown[]) => {
        calls += 1;
        if (calls === 1 || isOver) return (value as (...call: unknown[]) => unknown).apply(target, call);
        return how === "hangs" ? new Promise(() => undefined) : Promise.reject(new Error("no connection"));
      };
    },
  });
  const end = () => void (isOver = true);
  outages.push(end);
  return { ctx: { ...ctx, db: failing }, end };
}

const settled = { records: 1, cost, reserved: 0n, isExact: true };

describe("a database that is away when a call ends", () => {
  it("keeps neither the answer nor the charge", async () => {
    const ctx = await userWithFace(db);
    upstream.let(streaming(ordinary));
    const text = await (await chat(outage(ctx, "refuses").ctx, { model: model.id, stream: true })).text();
    expect(text).toContain("[DONE]");
    expect(await books(ctx)).toMatchObject({ records: 0 });
    expect(await notes()).toHaveLength(1);
    expect(await settleNotes(db)).toBe(0);
    expect(await books(ctx)).toEqual(settled);
    expect(await notes()).toEqual([]);
    await settleNotes(db);
    expect(await books(ctx)).toEqual(settled);
  });

  it("is told the price of a plain answer, and waits no longer than two seconds", async () => {
    const ctx = await userWithFace(db);
    upstream.let(whole(200, answer));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const answering = chat(outage(ctx, "hangs").ctx, { model: model.id });
    // each look lets two hundred milliseconds pass
    await vi.waitFor(async () => expect(await notes()).toHaveLength(1), { interval: 200, timeout: 20_000 });
    const response = await answering;
    expect(await response.text()).toBe(answer);
    expect(response.headers.get("x-faces-cost-usd")).toBe(String(Number(cost) / 1e6));
    await settleNotes(db);
    expect(await books(ctx)).toEqual(settled);
  });

  it("gets the charge by itself when it is back", async () => {
    const ctx = await userWithFace(db);
    upstream.let(streaming(ordinary));
    const away = outage(ctx, "refuses");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await (await chat(away.ctx, { model: model.id, stream: true })).text();
    away.end();
    await vi.waitFor(async () => expect(await books(ctx)).toEqual(settled), { interval: 200, timeout: 20_000 });
  });

  it("is charged once when the note was stored and its file stayed", async () => {
    const ctx = await userWithFace(db);
    upstream.let(streaming(ordinary));
    await (await chat(outage(ctx, "refuses").ctx, { model: model.id, stream: true })).text();
    const [path = ""] = await notes();
    const note = await readFile(path);
    await settleNotes(db);
    await writeFile(path, note);
    await Promise.all([settleNotes(db), settleNotes(db)]);
    expect(await books(ctx)).toEqual(settled);
  });

  it("puts a note aside that cannot be read, and settles the others", async () => {
    const ctx = await userWithFace(db);
    upstream.let(streaming(ordinary));
    await (await chat(outage(ctx, "refuses").ctx, { model: model.id, stream: true })).text();
    await writeFile(join(dataFolder, "unsettled", "trace_0.json"), '{"state":"ov');
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(await settleNotes(db)).toBe(0);
    expect(await books(ctx)).toEqual(settled);
    expect(await notes()).toEqual([expect.stringContaining("unreadable")]);
  });
});

describe("a process that dies in the middle of an answer", () => {
  const call = {
    kind: "chat" as const,
    model,
    face: null,
    body: { messages: [{ role: "user", content: "Hello" }] },
    maxOutputTokens: 100,
    isBounded: true,
    inputText: () => "Hello",
    sections: [],
    clientText: () => "Hello",
    core: [],
    items: [],
    startedAt: 0,
    retrieveMs: null,
  };
  const never = () => expect.unreachable();
  const soFar = { usage: { input: 7, output: 11 }, text: "", firstByteMs: 1 };

  /** A meter of a call whose process has noted it and is no more. */
  async function deadMeter(ctx: Ctx) {
    const meter = await openMeter(ctx, call);
    const now = performance.now();
    vi.spyOn(performance, "now").mockReturnValue(now + 10_001);
    meter.note(soFar, never);
    await vi.waitFor(async () => expect((await notes()).filter((path) => path.endsWith(".json"))).toHaveLength(1));
    return meter;
  }

  it("is charged for what it had noted as delivered, and holds nothing", async () => {
    const ctx = await userWithFace(db);
    await deadMeter(ctx);
    const [path = ""] = await notes();
    await settleNotes(db);
    // a note that is young may be of a process that lives
    expect(await books(ctx)).toMatchObject({ records: 0 });
    const longAgo = new Date(Date.now() - 61_000);
    await utimes(path, longAgo, longAgo);
    await settleNotes(db);
    expect(await books(ctx)).toEqual(settled);
    expect(await notes()).toEqual([]);
  });

  it("is charged by the process that comes after it, though its note is young when that starts", async () => {
    const ctx = await userWithFace(db);
    await deadMeter(ctx);
    const [path = ""] = await notes();
    vi.restoreAllMocks();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.resetModules();
    const successor = await import("./meter-replay");
    const count = vi.fn((args: Parameters<typeof db.account.count>[0]) => db.account.count(args));
    const own = new Proxy(db, {
      get: (target, key) => (key === "account" ? { count } : (Reflect.get(target, key) as unknown)),
    });
    successor.settleOldNotes(own);
    // behind the look at once
    await successor.settleNotes(own);
    expect(count).not.toHaveBeenCalled();
    const longAgo = new Date(Date.now() - 61_000);
    await utimes(path, longAgo, longAgo);
    await vi.advanceTimersByTimeAsync(61_000);
    await vi.waitFor(() => expect(count).toHaveBeenCalledOnce());
    await vi.waitFor(async () => expect(await books(ctx)).toEqual(settled), { timeout: 20_000 });
  });

  it("that was only slow is charged once all the same", async () => {
    const ctx = await userWithFace(db);
    const meter = await deadMeter(ctx);
    expect(await meter.settle(soFar)).toBe(cost);
    await settleNotes(db);
    expect(await books(ctx)).toEqual(settled);
    expect(await notes()).toEqual([]);
  });

  it("before it had noted anything costs nothing, and its money is free when its time is up", async () => {
    const ctx = await userWithFace(db);
    const meter = await openMeter(ctx, call);
    meter.note(soFar, never);
    expect(await notes()).toEqual([]);
    const { count } = await db.reservation.updateMany({
      where: { accountId: ctx.actor.accountId },
      data: { expiresAt: new Date(0) },
    });
    expect(count).toBe(1);
    expect(await books(ctx)).toMatchObject({ records: 0, reserved: 0n, isExact: true });
  });
});
