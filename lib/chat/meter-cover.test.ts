import { afterAll, expect, it, vi } from "vitest";
import { charge } from "@/lib/billing/ledger";
import { costMicroUsd } from "@/lib/billing/prices";
import type * as Reservations from "@/lib/billing/reservations";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { resolveModel } from "@/lib/models/catalogue";
import { countTokens } from "@/lib/models/count-tokens";
import { books, chat, credit, leaving, serveFrom, userWithFace } from "./testing";
import type * as UpstreamCalls from "./upstream-call";
import { startZoo } from "./zoo-upstream";
import { chunk, eventStream, head, start } from "./zoo-wire";

const upstream = await startZoo();
serveFrom(upstream.url);
vi.stubEnv("UPSTREAM_TIMEOUT_SECONDS", "300");
const { beats, extended } = vi.hoisted(() => ({ beats: [] as (() => void)[], extended: vi.fn() }));
vi.mock("@/lib/billing/reservations", async (load) => {
  const real = await load<typeof Reservations>();
  extended.mockImplementation(real.extendHold);
  return { ...real, extendHold: extended };
});
vi.mock("./upstream-call", async (load) => {
  const real = await load<typeof UpstreamCalls>();
  const openCall = (gone: AbortSignal) => ({ ...real.openCall(gone), onBeat: (beat: () => void) => beats.push(beat) });
  return { ...real, openCall };
});
const { db } = await testDatabase();
const model = resolveModel("gpt-4o-mini");

afterAll(async () => {
  await upstream.stop();
  await closePool();
});

/** The thread that counts may have to be started first. */
const patient = { timeout: 20_000, interval: 50 };

/** A thousand tokens. */
const thousand = " word".repeat(1_000);

/** Starts an answer without a limit, of which so many thousand tokens come at once; then it hangs. */
async function longAnswer(thousands: number, creditMicroUsd: bigint, fields: object = {}) {
  const ctx = await userWithFace(db);
  await charge(db, { accountId: ctx.actor.accountId, amountMicroUsd: credit - creditMicroUsd, reference: "spent" });
  upstream.let((cage) => cage.send(head(200, eventStream) + start + chunk({ content: thousand }).repeat(thousands)));
  const { ctx: here, leave } = leaving(ctx);
  const response = await chat(here, { model: model.id, stream: true, ...fields });
  const reader = response.body?.getReader();
  let got = "";
  const decoder = new TextDecoder();
  while ((got.match(/"delta"/g) ?? []).length <= thousands) {
    const read = await reader?.read();
    got += decoder.decode(read?.value, { stream: true });
  }
  const next = async () => decoder.decode((await reader?.read())?.value);
  return { ctx, leave, next };
}

/** The beat of the newest call, as if the next note were due. */
function beat(): void {
  const now = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 10_001);
  beats.at(-1)?.();
  now.mockRestore();
}

it("holds more for an answer that grows beyond what was held", async () => {
  const { ctx, leave } = await longAnswer(3, credit - 1n);
  const before = (await books(ctx)).reserved;
  beat();
  await vi.waitFor(async () => expect((await books(ctx)).reserved).toBe(before * 2n), patient);
  expect(extended).toHaveBeenCalledOnce();
  leave();
  await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 1, reserved: 0n }), patient);
});

it("ends an answer of which no more can be paid, with a reason, and charges what came", async () => {
  const held = costMicroUsd(model.price, { input: 40, output: 4_096 });
  const { ctx, next } = await longAnswer(6, held + 100n);
  beat();
  expect(await next()).toContain("The credit is used up");
  await upstream.closed();
  const cost = costMicroUsd(model.price, { input: countTokens("When do you fire the kiln?"), output: 6_000 });
  expect(await books(ctx)).toMatchObject({ records: 1, reserved: 0n, cost });
});

it("holds no more for an answer that has a limit: it was all held from the first", async () => {
  const { ctx, leave } = await longAnswer(3, credit - 1n, { max_tokens: 4_000 });
  const before = (await books(ctx)).reserved;
  extended.mockClear();
  beat();
  // it is settled behind its note
  leave();
  await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 1, reserved: 0n }), patient);
  expect(before).toBeGreaterThan(0n);
  expect(extended).not.toHaveBeenCalled();
});

it("looks at a fast answer before its time, so that the credit is hardly passed", async () => {
  const ctx = await userWithFace(db);
  const held = costMicroUsd(model.price, { input: 40, output: 4_096 });
  await charge(db, { accountId: ctx.actor.accountId, amountMicroUsd: credit - held - 100n, reference: "spent" });
  upstream.let(async (cage) => {
    await cage.send(head(200, eventStream) + start);
    const timer = setInterval(() => void cage.send(chunk({ content: " word" }).repeat(20)), 5);
    await upstream.closed();
    clearInterval(timer);
  });
  const text = await (await chat(ctx, { model: model.id, stream: true })).text();
  expect(text).toContain("The credit is used up");
  const { cost, records, reserved } = await books(ctx);
  expect({ records, reserved }).toEqual({ records: 1, reserved: 0n });
  expect(cost).toBeLessThan(held + held / 2n);
}, 60_000);
