import { afterAll, expect, it, vi } from "vitest";
import { charge } from "@/lib/billing/ledger";
import { costMicroUsd } from "@/lib/billing/prices";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { AppError } from "@/lib/errors";
import { resolveModel } from "@/lib/models/catalogue";
import { estimateTokens } from "./estimate-tokens";
import { books, chat, credit, serveFrom, userWithFace } from "./testing";
import { startZoo } from "./zoo-upstream";
import { completion, usage, whole } from "./zoo-wire";

const upstream = await startZoo();
serveFrom(upstream.url);
// a busy machine is not a silent provider
vi.stubEnv("UPSTREAM_TIMEOUT_SECONDS", "300");
const { db } = await testDatabase();
const model = resolveModel("gpt-4o-mini");

afterAll(async () => {
  await upstream.stop();
  await closePool();
});

it("of 200 requests that race for the last cent exactly those are served whose credit is there", async () => {
  const ctx = await userWithFace(db);
  const request = { model: model.id, max_tokens: 500, messages: [{ role: "user", content: "Hello" }] };
  // every answer takes all that was held for it
  const used = { input: estimateTokens(request), output: 500 };
  const each = costMicroUsd(model.price, used);
  const cent = 10_000n;
  const fitting = Number(cent / each);
  expect(fitting).toBeGreaterThan(10);
  expect(fitting).toBeLessThan(100);
  await charge(db, { accountId: ctx.actor.accountId, amountMicroUsd: credit - cent, reference: "all but a cent" });

  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const answer = completion({ content: "Hi" }, { usage: usage(used.input, used.output) });
  upstream.let(async (cage) => {
    await gate;
    await whole(200, answer)(cage);
  });
  let refused = 0;
  const calls = Array.from({ length: 200 }, () =>
    chat(ctx, request).catch((error: unknown) => {
      refused += 1;
      throw error;
    }),
  );
  const results = Promise.allSettled(calls);
  // nobody is answered before all have asked, so that nothing is given back meanwhile
  await vi.waitFor(() => expect(upstream.requests.length + refused).toBe(200), { timeout: 40_000, interval: 20 });
  open();

  const served = (await results).filter(({ status }) => status === "fulfilled");
  const reasons = (await results).flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  expect(served).toHaveLength(fitting);
  expect(new Set(reasons.map((reason) => (reason instanceof AppError ? reason.code : reason)))).toEqual(
    new Set(["insufficient_credits"]),
  );
  const { records, cost, reserved } = await books(ctx);
  expect({ records, cost, reserved }).toEqual({ records: fitting, cost: each * BigInt(fitting), reserved: 0n });
  expect(cost).toBeLessThanOrEqual(cent);
});
