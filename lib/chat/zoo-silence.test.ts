import { afterAll, describe, expect, it, vi } from "vitest";
import type * as Env from "@/lib/env";
import { env } from "@/lib/env";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { books, chat, leaving, serveFrom, userWithFace } from "./testing";
import { startZoo } from "./zoo-upstream";
import { answer, event, eventStream, head, json, spoken, start } from "./zoo-wire";

// a setting of whole seconds is far too patient for a test
vi.mock("@/lib/env", async (load) => {
  const real = await load<typeof Env>();
  let own: Env.Env | undefined;
  return { ...real, env: () => (own ??= { ...real.env(), UPSTREAM_TIMEOUT_SECONDS: 0.3 }) };
});

const upstream = await startZoo();
serveFrom(upstream.url);
const { db } = await testDatabase();

afterAll(async () => {
  await upstream.stop();
  await closePool();
});

const silent = /^OpenAI sent nothing for 0.3 seconds\.$/;
const model = "gpt-4o-mini";
const forever = () => new Promise<void>(() => undefined);

describe("an upstream that is silent", () => {
  it.each([true, false])("before its head costs nothing (stream: %s)", async (stream) => {
    const ctx = await userWithFace(db);
    upstream.let(forever);
    await expect(chat(ctx, { model, stream })).rejects.toThrow(silent);
    await upstream.closed();
    expect(await books(ctx)).toMatchObject({ records: 0, reserved: 0n, isExact: true });
  });

  it("behind its head costs nothing", async () => {
    const ctx = await userWithFace(db);
    for (const [stream, headers] of [
      [true, eventStream],
      [false, json],
    ] as const) {
      upstream.let((cage) => cage.send(head(200, headers)));
      await expect(chat(ctx, { model, stream })).rejects.toThrow(silent);
    }
    await upstream.closed();
    expect(await books(ctx)).toMatchObject({ records: 0, reserved: 0n, isExact: true });
  });

  it("in the middle of its answer is cut off, and what came is charged", async () => {
    const ctx = await userWithFace(db);
    upstream.let((cage) => cage.send(head(200, eventStream) + start + spoken));
    const text = await (await chat(ctx, { model, stream: true })).text();
    expect(text).toMatch(/street\.[\s\S]*"message":"OpenAI sent nothing for 0.3 seconds\."/);
    await upstream.closed();
    expect(await books(ctx)).toMatchObject({ records: 1, reserved: 0n, isExact: true });
  });

  it("but for a byte now and then is answered as soon as its answer is whole", async () => {
    const ctx = await userWithFace(db);
    upstream.let(async (cage) => {
      await cage.send(head(200, { ...json, "content-length": String(Buffer.byteLength(answer)) }));
      const bytes = Buffer.from(answer);
      for (let at = 0; at < bytes.length; at += 40) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        await cage.send(bytes.subarray(at, at + 40));
      }
    });
    expect((await chat(ctx, { model })).status).toBe(200);
    await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 1, reserved: 0n, isExact: true }));
  });
});

describe("an upstream without an end", () => {
  it.each([
    ["of text", spoken],
    ["of comments", ": still here\n\n"],
    ["of chunks without words", event({ choices: [] })],
  ])("%s is cut off when the longest time is up", async (_name, again) => {
    const ctx = await userWithFace(db);
    const before = performance.now();
    upstream.let(async (cage) => {
      await cage.send(head(200, eventStream) + start);
      const timer = setInterval(() => void cage.send(again), 20);
      await upstream.closed();
      clearInterval(timer);
    });
    const text = await (await chat(ctx, { model, stream: true })).text();
    expect(text).toContain("The model did not finish its answer in time.");
    expect(performance.now() - before).toBeLessThan(5_000);
    await upstream.closed();
    expect(await books(ctx)).toMatchObject({ records: 1, reserved: 0n, isExact: true });
  });

  it("is left as soon as the client is gone", async () => {
    const ctx = await userWithFace(db);
    upstream.let(async (cage) => {
      await cage.send(head(200, eventStream) + start);
      const timer = setInterval(() => void cage.send(spoken), 5);
      await upstream.closed();
      clearInterval(timer);
    });
    const { ctx: here, leave } = leaving(ctx);
    const reader = (await chat(here, { model, stream: true })).body?.getReader();
    for (let reads = 0; reads < 5; reads++) await reader?.read();
    leave();
    await upstream.closed();
    await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 1, reserved: 0n, isExact: true }));
    expect(env().UPSTREAM_TIMEOUT_SECONDS).toBe(0.3);
  });
});
