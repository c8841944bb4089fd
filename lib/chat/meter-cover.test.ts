import { afterAll, expect, it, vi } from "vitest";
import { charge } from "@/lib/billing/ledger";
import { costMicroUsd } from "@/lib/billing/prices";
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
const { beats } = vi.hoisted(() => ({ beats: [] as (() => void)[] }));
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
async function longAnswer(thousands: number, creditMicroUsd: bigint) {
  const ctx = await userWithFace(db);
  await charge(db, { accountId: ctx.actor.accountId, amountMicroUsd: credit - creditMicroUsd, reference: "spent" });
  upstream.let((cage) => cage.send(head(200, eventStream) + start + chunk({ content: thousand }).repeat(thousands)));
  const { ctx: here, leave } = leaving(ctx);
  const response = await chat(here, { model: model.id, stream: true });
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
