import { describe, expect, test } from "vitest";
import { GET } from "@/app/v1/billing/usage/records/route";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { testCaller } from "@/lib/http/testing";
import { chargeCompile } from "./charge-compile";
import { readCompileQuota } from "./compile-quota";
import { listWork, WorkQuery } from "./list-work";
import { releaseCompileQuota } from "./release-compile-quota";
import { UsageQuery } from "./schemas";
import { showQuotaForecast } from "./show-quota-forecast";
import { showStatement, StatementQuery } from "./show-statement";
import { usageReport } from "./usage-report";
import { testAnswer, testFace } from "./usage-report-testing";

const { db } = await testDatabase();
const dayMs = 24 * 60 * 60 * 1000;
const free = { model: "builtin", price: { input: 0, output: 0 } };

const work = async (ctx: Ctx, query: Record<string, string> = {}) =>
  (await listWork(ctx, WorkQuery.parse(query))).items;
const report = (ctx: Ctx, query: Record<string, string>) => usageReport(ctx, UsageQuery.parse(query));

async function lived() {
  const ctx = await testUser(db);
  const face = await testFace(ctx);
  await testAnswer(ctx, { face, model: "small", cost: 5n });
  await testAnswer(ctx, { face, model: "large", cost: 70n });
  await testAnswer(ctx, { kind: "proxy", model: "large", cost: 9n });
  return { ctx, face };
}

async function compiled(ctx: Ctx, faceId: string, tokens: number, reference = `${faceId}:${tokens}`) {
  const { accountId } = ctx.actor;
  const what = { accountId, apiKeyId: null, faceId, documentId: `doc_${tokens}`, reference, tokens, rate: free };
  await transaction(db, (tx) => chargeCompile(tx, what));
}

describe("the rows behind a report", () => {
  test("are listed newest first, page by page, and add up to it", async () => {
    const { ctx } = await lived();
    const caller = await testCaller(ctx, { scopes: ["billing:read"] });
    const costs: number[] = [];
    for (let query = "?limit=2"; ;) {
      const { body } = await caller.call(GET, { query });
      const { data, next_cursor } = body as { data: { cost_usd: number }[]; next_cursor: string | null };
      costs.push(...data.map(({ cost_usd }) => cost_usd));
      if (next_cursor === null) break;
      query = `?limit=2&cursor=${next_cursor}`;
    }
    expect(costs).toEqual([0.000009, 0.00007, 0.000005]);
  });

  test("are those of one model, face, key or kind, and the report and the ledger with the same filter agree", async () => {
    const { ctx, face } = await lived();
    for (const [filter, micro] of [
      [{ model: "large" }, 79],
      [{ face_id: face }, 75],
      [{ face_id: "none" }, 9],
      [{ kind: "proxy" }, 9],
      [{ api_key_id: "none" }, 84],
      [{ api_key_id: "key_of_another" }, 0],
      [{ model: "large", face_id: face }, 70],
    ] as const) {
      const rows = await work(ctx, filter);
      const { totals } = await report(ctx, { ...filter, group_by: "day" });
      const sum = Math.round(rows.reduce((all, { cost_usd }) => all + cost_usd, 0) * 1e6);
      expect([sum, totals.cost_usd * 1e6, totals.ledger_charges_usd * 1e6]).toEqual([micro, micro, micro]);
    }
  });

  test("of somebody else are not there", async () => {
    const { face } = await lived();
    expect(await work(await testUser(db), { face_id: face })).toEqual([]);
  });

  test("name what has a name, and nothing that is gone", async () => {
    const { ctx, face } = await lived();
    const [row] = await work(ctx, { model: "small" });
    expect(row).toMatchObject({ face_id: face, face: face.slice(-20), api_key: null, input_tokens: 30 });
  });
});

describe("days that are split", () => {
  test("have parts that add up to them, in one order", async () => {
    const { ctx } = await lived();
    const { rows, totals } = await report(ctx, { group_by: "day", split_by: "model" });
    expect(totals.parts).toEqual([
      { key: "large", label: "large", cost_usd: 0.000079, tokens: 100 },
      { key: "small", label: "small", cost_usd: 0.000005, tokens: 50 },
    ]);
    expect(rows.at(-1)?.parts).toEqual(totals.parts);
    expect(rows[0]?.parts).toEqual([]);
  });

  test("by face say which work had none", async () => {
    const { ctx } = await lived();
    const { totals } = await report(ctx, { group_by: "day", split_by: "face" });
    expect(totals.parts?.at(-1)).toEqual({ key: "none", label: "No face", cost_usd: 0.000009, tokens: 50 });
  });

  test("are the only thing that can be split", async () => {
    const { ctx } = await lived();
    await expect(report(ctx, { group_by: "model", split_by: "face" })).rejects.toThrow(/Only days/);
  });
});

describe("a period", () => {
  test("is the quota's, and the one before it", async () => {
    const ctx = await testUser(db);
    const start = new Date(Date.now() - 40 * dayMs);
    await db.account.update({ where: { id: ctx.actor.accountId }, data: { plan: "pro", planStartedAt: start } });
    const [current, previous] = [await report(ctx, { period: "current" }), await report(ctx, { period: "previous" })];
    expect(Date.parse(current.from)).toBe(start.getTime() + 30 * dayMs);
    expect(Date.parse(current.to) % dayMs).toBe(0);
    expect(Date.parse(current.to) - Date.now()).toBeLessThan(dayMs);
    expect(previous.to).toBe(current.from);
    expect(Date.parse(previous.from)).toBe(start.getTime());
  });

  test("is thirty days where the quota is not renewed, and never beside a day", async () => {
    const ctx = await testUser(db);
    await db.account.update({ where: { id: ctx.actor.accountId }, data: { plan: "free" } });
    const { from, to } = await report(ctx, { period: "current" });
    expect(Date.parse(to) - Date.parse(from)).toBe(30 * dayMs);
    await expect(report(ctx, { period: "current", from: "2026-01-01" })).rejects.toThrow(/not both/);
  });
});

describe("a statement to look at", () => {
  const statement = async (ctx: Ctx, query: Record<string, string>) => {
    const page = await showStatement(ctx, StatementQuery.parse(query));
    if (page instanceof Response) throw new Error("That is a file.");
    return page;
  };

  test("goes from the newest entry down, and says what a charge was for", async () => {
    const { ctx, face } = await lived();
    const first = await statement(ctx, { order: "desc", limit: "2" });
    const second = await statement(ctx, { order: "desc", limit: "2", cursor: first.nextCursor ?? "" });
    expect([...first.items, ...second.items].map(({ seq }) => seq)).toEqual([3, 2, 1]);
    expect(first.items[1]).toMatchObject({
      amount_usd: -0.00007,
      work: { kind: "chat", model: "large", face_id: face },
    });
  });

  test("holds the kinds, or the work, that is asked for", async () => {
    const { ctx } = await lived();
    expect((await statement(ctx, { kinds: "topup,grant" })).items).toEqual([]);
    expect((await statement(ctx, { kinds: "charge", model: "large" })).items).toHaveLength(2);
    expect(() => StatementQuery.parse({ kinds: "gift" })).toThrow();
  });
});

describe("the days of a quota", () => {
  test("end at what is used, also after a text was deleted", async () => {
    const ctx = await testUser(db);
    const face = await testFace(ctx);
    const { accountId } = ctx.actor;
    await compiled(ctx, face, 300);
    await compiled(ctx, face, 200);
    await transaction(db, (tx) => releaseCompileQuota(tx, { accountId, documentId: "doc_200" }));
    const { days, tokens_used, reason } = await showQuotaForecast(ctx, free);
    expect(tokens_used).toBe(300);
    expect(days.at(-1)).toMatchObject({ taken: 500, returned: 200, used: 300 });
    expect(reason).toBe("too_little");
  });

  test("are those of this period only, and their last is what the quota says", async () => {
    const ctx = await testUser(db);
    const { accountId } = ctx.actor;
    const face = await testFace(ctx);
    await db.account.update({
      where: { id: accountId },
      data: { plan: "pro", planStartedAt: new Date(Date.now() - 35 * dayMs) },
    });
    for (const [tokens, daysAgo] of [
      [1_000, 20],
      [100, 3],
      [200, 2],
      [300, 1],
    ] as const) {
      await compiled(ctx, face, tokens);
      const createdAt = new Date(Date.now() - daysAgo * dayMs);
      await db.usageRecord.updateMany({ where: { accountId, inputTokens: tokens }, data: { createdAt } });
    }
    const { days, tokens_used, forecast, starts_at } = await showQuotaForecast(ctx, {
      model: "m",
      price: { input: 1, output: 1 },
    });
    expect(tokens_used).toBe((await readCompileQuota(db, accountId)).tokensUsed);
    expect(days.at(-1)?.used).toBe(600);
    expect(days[0]?.day).toBe(starts_at.slice(0, 10));
    expect(forecast?.tokens_per_day).toBe(Math.round(600 / 7));
    expect(forecast?.credit_usd_per_day).toBeGreaterThan(0);
  });
});
