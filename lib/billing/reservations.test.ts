import { describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { charge, grant, readBalance } from "./ledger";
import { extendHold, release, reserve, sweepReservations } from "./reservations";
import { settle } from "./usage";

const { db } = await testDatabase();

function hold(ctx: Ctx, amountMicroUsd: bigint, apiKeyId: string | null = null) {
  return { accountId: ctx.actor.accountId, apiKeyId, amountMicroUsd, expiresInSeconds: 60 };
}

async function credited(amountMicroUsd: bigint): Promise<Ctx> {
  const ctx = await testUser(db);
  await grant(db, { accountId: ctx.actor.accountId, amountMicroUsd, reference: "test" });
  return ctx;
}

async function keyOf(ctx: Ctx, budgetMicroUsd: bigint): Promise<string> {
  const id = newId("key");
  const data = { id, accountId: ctx.actor.accountId, name: "k", hash: id, prefix: "sk-faces-", budgetMicroUsd };
  await db.apiKey.create({ data });
  return id;
}

function codeOf(reason: unknown): string {
  return reason instanceof AppError ? reason.code : String(reason);
}

describe("reserving", () => {
  it("lets exactly as many of 100 racing requests pass as the credit covers", async () => {
    const ctx = await credited(1_050n);
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => reserve(db, hold(ctx, 100n))));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(10);
    const refusals = results.flatMap((result) => (result.status === "rejected" ? [codeOf(result.reason)] : []));
    expect(new Set(refusals)).toEqual(new Set(["insufficient_credits"]));
    expect(await readBalance(db, ctx.actor.accountId)).toMatchObject({
      reservedMicroUsd: 1_000n,
      availableMicroUsd: 50n,
    });
  });

  it("blames no budget that is not passed, however others settle and release meanwhile", async () => {
    const ctx = await credited(100n);
    const key = await keyOf(ctx, 100n);
    for (let round = 0; round < 20; round += 1) {
      const earlier = await reserve(db, hold(ctx, 100n));
      const racing = Array.from({ length: 4 }, () => reserve(db, hold(ctx, 100n, key)));
      const results = await Promise.allSettled([release(db, earlier), ...racing]);
      const refusals = results.flatMap((result) => (result.status === "rejected" ? [codeOf(result.reason)] : []));
      expect(new Set([...refusals, "insufficient_credits"]).size).toBe(1);
      for (const { id } of await db.reservation.findMany({ where: { accountId: ctx.actor.accountId } })) {
        await release(db, id);
      }
    }
  });

  it("keeps a key within its budget however many race", async () => {
    const ctx = await credited(1_000_000n);
    const key = await keyOf(ctx, 350n);
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => reserve(db, hold(ctx, 100n, key))));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(3);
    const refusal = results.find((result) => result.status === "rejected");
    expect(codeOf(refusal?.reason)).toBe("budget_exceeded");
  });

  it("counts what a key has spent", async () => {
    const ctx = await credited(1_000n);
    const key = await keyOf(ctx, 150n);
    await settleWork(ctx, { reference: "a", costMicroUsd: 100n, apiKeyId: key });
    await expect(reserve(db, hold(ctx, 51n, key))).rejects.toMatchObject({ code: "budget_exceeded" });
    await expect(reserve(db, hold(ctx, 50n, key))).resolves.toBeTypeOf("string");
  });

  it("refuses a frozen account whatever its credit", async () => {
    const ctx = await credited(1_000n);
    await db.account.update({ where: { id: ctx.actor.accountId }, data: { isFrozen: true } });
    await expect(reserve(db, hold(ctx, 1n))).rejects.toMatchObject({ code: "account_frozen" });
  });

  it("frees what was released, and what a dead process left behind", async () => {
    const ctx = await credited(100n);
    const id = await reserve(db, hold(ctx, 100n));
    await expect(reserve(db, hold(ctx, 1n))).rejects.toMatchObject({ code: "insufficient_credits" });
    expect(await release(db, id)).toBe(true);
    expect(await release(db, id)).toBe(false);
    const dead = { ...hold(ctx, 100n), expiresInSeconds: -1 };
    await reserve(db, dead);
    expect(await readBalance(db, ctx.actor.accountId)).toMatchObject({ availableMicroUsd: 100n });
    // whoever needs the money need not wait for the sweep
    await reserve(db, dead);
    expect(await sweepReservations(db)).toBeGreaterThan(0);
    expect(await db.reservation.count({ where: { accountId: ctx.actor.accountId } })).toBe(0);
    await reserve(db, hold(ctx, 100n));
    expect(await readBalance(db, ctx.actor.accountId)).toMatchObject({ reservedMicroUsd: 100n });
  });
});

describe("holding more", () => {
  it("takes what is left and not more, however many race", async () => {
    const ctx = await credited(1_000n);
    const ids = await Promise.all(Array.from({ length: 5 }, () => reserve(db, hold(ctx, 100n))));
    const extended = await Promise.all(ids.map((id) => extendHold(db, id, 300n)));
    expect(extended.filter(Boolean)).toHaveLength(2);
    expect(await readBalance(db, ctx.actor.accountId)).toMatchObject({ reservedMicroUsd: 900n });
    expect(await extendHold(db, ids[extended.indexOf(false)] ?? "", 200n)).toBe(true);
  });

  it("stays within the budget of its key, and does nothing for what is held no more", async () => {
    const ctx = await credited(1_000n);
    const key = await keyOf(ctx, 150n);
    const id = await reserve(db, hold(ctx, 100n, key));
    expect(await extendHold(db, id, 151n)).toBe(false);
    expect(await extendHold(db, id, 150n)).toBe(true);
    await release(db, id);
    expect(await extendHold(db, id, 10n)).toBe(false);
    expect(await readBalance(db, ctx.actor.accountId)).toMatchObject({ reservedMicroUsd: 0n });
  });
});

function settleWork(
  ctx: Ctx,
  work: { reference: string; costMicroUsd: bigint; apiKeyId?: string; reservationId?: string },
) {
  return transaction(db, (tx) =>
    settle(tx, {
      kind: "chat",
      accountId: ctx.actor.accountId,
      faceId: null,
      model: "gpt-4o-mini",
      inputTokens: 1,
      outputTokens: 1,
      ...work,
      reference: `${ctx.actor.accountId}:${work.reference}`,
      apiKeyId: work.apiKeyId ?? null,
      reservationId: work.reservationId ?? null,
    }),
  );
}

describe("settling", () => {
  it("charges once when it is called twenty times at once", async () => {
    const ctx = await credited(1_000n);
    const reservationId = await reserve(db, hold(ctx, 500n));
    const work = { reference: "once", costMicroUsd: 300n, reservationId };
    const results = await Promise.all(Array.from({ length: 20 }, () => settleWork(ctx, work)));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await readBalance(db, ctx.actor.accountId)).toMatchObject({ balanceMicroUsd: 700n, reservedMicroUsd: 0n });
  });

  it("records work that cost nothing without an entry", async () => {
    const ctx = await testUser(db);
    expect(await settleWork(ctx, { reference: "free", costMicroUsd: 0n })).toBe(true);
    expect(await db.ledgerEntry.count({ where: { accountId: ctx.actor.accountId } })).toBe(0);
    expect(await db.usageRecord.count({ where: { accountId: ctx.actor.accountId } })).toBe(1);
  });
});

it("keeps the balance equal to the sum of the entries, each reference being one entry", async () => {
  const ctx = await credited(500n);
  const { accountId } = ctx.actor;
  expect(await grant(db, { accountId, amountMicroUsd: 500n, reference: "test" })).toBe(false);
  expect(await charge(db, { accountId, amountMicroUsd: 30n, reference: "r" })).toBe(true);
  expect(await charge(db, { accountId, amountMicroUsd: 30n, reference: "r" })).toBe(false);
  expect((await readBalance(db, accountId)).balanceMicroUsd).toBe(470n);
});
