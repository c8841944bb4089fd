import { beforeEach, describe, expect, test, vi } from "vitest";
import { GET } from "@/app/v1/billing/notices/route";
import { POST } from "@/app/v1/billing/notices/[id]/read/route";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { watchCredit } from "./alerts-watch";
import { chargeCompile } from "./charge-compile";
import { readCompileQuota } from "./compile-quota";
import { charge, grant } from "./ledger";
import { listNotices, readNotice } from "./notices";
import { compileWorkMultiple } from "./plans";
import { releaseCompileQuota } from "./release-compile-quota";
import { refreshAlerts } from "./alerts";

const { db } = await testDatabase();
const rate = { model: "m", price: { input: 1, output: 1 } };
const day = 24 * 60 * 60 * 1000;

let ctx: Ctx;
let accountId: string;
let faceId: string;
beforeEach(() => setUp("free"));

async function setUp(plan: string): Promise<void> {
  ctx = await testUser(db, { plan });
  accountId = ctx.actor.accountId;
  faceId = newId("face");
  await db.face.create({ data: { id: faceId, accountId, username: "alice", syncCreditMicroUsd: 1_000_000_000n } });
}

let pieces = 0;
const compile = (tokens: number, documentId = "doc_a") =>
  transaction(db, (tx) =>
    chargeCompile(tx, { accountId, apiKeyId: null, faceId, documentId, reference: `alert:${pieces++}`, tokens, rate }),
  );
const credit = (amountMicroUsd: bigint) => grant(db, { accountId, amountMicroUsd, reference: newId("request") });
const spend = (amountMicroUsd: bigint) => charge(db, { accountId, amountMicroUsd, reference: newId("request") });

/** What was told, in order; an asterisk stands behind what is news. */
async function told(): Promise<string[]> {
  const rows = await db.notice.findMany({ where: { accountId }, orderBy: { id: "asc" } });
  return rows.map(({ kind, readAt }) => (readAt === null ? `${kind}*` : kind));
}

describe("the compile quota", () => {
  test("is told of at 50, 80 and 100 percent, each once, and only the highest is news", async () => {
    await compile(2_499);
    expect(await told()).toEqual([]);
    await compile(1);
    expect(await told()).toEqual(["quota_50*"]);
    await compile(1_499);
    expect(await told()).toEqual(["quota_50*"]);
    await compile(1);
    await compile(1);
    expect(await told()).toEqual(["quota_50", "quota_80*"]);
    await compile(999);
    expect(await told()).toEqual(["quota_50", "quota_80", "quota_100*"]);
  });

  test("that is used up by one piece is told of as used up", async () => {
    await compile(5_000);
    expect(await told()).toEqual(["quota_50", "quota_80", "quota_100*"]);
  });

  test("is told of once, however many pieces and readers race", async () => {
    const readers = Array.from({ length: 10 }, () => refreshAlerts(db, accountId));
    const works = Array.from({ length: 50 }, (_each, n) => compile(100, `doc_${n}`));
    await Promise.all([...works, ...readers, ...Array.from({ length: 10 }, () => listNotices(ctx, query))]);
    expect((await told()).toSorted()).toEqual(["quota_100*", "quota_50", "quota_80"]);
  });

  test("that was given back and used again is not told of again", async () => {
    await compile(4_100);
    await transaction(db, (tx) => releaseCompileQuota(tx, { accountId, documentId: "doc_a" }));
    await compile(4_200, "doc_b");
    expect(await told()).toEqual(["quota_50", "quota_80*"]);
  });

  test("of which nothing may be taken any more is told of as used up, whatever was given back", async () => {
    for (let round = 0; round < compileWorkMultiple; round += 1) {
      await compile(2_400, `doc_${round}`);
      await transaction(db, (tx) => releaseCompileQuota(tx, { accountId, documentId: `doc_${round}` }));
      await compile(2_400, `doc_${round}b`);
      await transaction(db, (tx) => releaseCompileQuota(tx, { accountId, documentId: `doc_${round}b` }));
    }
    expect(await told()).toEqual([]);
    await compile(600, "doc_last");
    expect(await told()).toEqual(["quota_50", "quota_80", "quota_100*"]);
  });

  test("is told of anew in the next period, and what was told of the one before is no news then", async () => {
    await setUp("standard");
    await compile(26_000);
    const back = `${30 * day} milliseconds`;
    await db.$executeRaw`UPDATE accounts SET plan_started_at = plan_started_at - ${back}::interval WHERE id = ${accountId}`;
    await db.$executeRaw`UPDATE usage_records SET created_at = created_at - ${back}::interval WHERE account_id = ${accountId}`;
    await db.$executeRaw`UPDATE notices SET occasion = ${"standard before"} WHERE account_id = ${accountId}`;
    await refreshAlerts(db, accountId);
    expect(await told()).toEqual(["quota_50"]);
    await compile(26_000);
    expect(await told()).toEqual(["quota_50", "quota_50*"]);
  });

  test("of another plan is told of anew", async () => {
    await compile(2_600);
    expect(await told()).toEqual(["quota_50*"]);
    await db.account.update({ where: { id: accountId }, data: { plan: "standard", planStartedAt: new Date() } });
    await compile(25_500);
    expect(await told()).toEqual(["quota_50*", "quota_50*"]);
    await refreshAlerts(db, accountId);
    expect(await told()).toEqual(["quota_50", "quota_50*"]);
  });

  test("says its figures and what follows", async () => {
    await compile(2_600);
    const [notice] = (await listNotices(ctx, query)).items;
    expect(notice).toMatchObject({
      kind: "quota_50",
      message: "Half of the compile quota is used: 2,600 of 5,000 tokens. On this plan it does not renew.",
      data: { tokens_used: 2_600, tokens_limit: 5_000 },
      read_at: null,
    });
  });
});

describe("credit", () => {
  test("that runs low is told of once for every time it came in", async () => {
    await credit(1_000n);
    await spend(899n);
    await refreshAlerts(db, accountId);
    expect(await told()).toEqual([]);
    await spend(1n);
    await Promise.all(Array.from({ length: 20 }, () => refreshAlerts(db, accountId)));
    await spend(50n);
    await refreshAlerts(db, accountId);
    expect(await told()).toEqual(["credit_low*"]);
    await credit(2_000n);
    await refreshAlerts(db, accountId);
    expect(await told()).toEqual(["credit_low"]);
    await spend(1_950n);
    await refreshAlerts(db, accountId);
    expect(await told()).toEqual(["credit_low", "credit_low*"]);
  });

  test("that never came in is not missed", async () => {
    await refreshAlerts(db, accountId);
    expect(await told()).toEqual([]);
  });

  test("that compiling past the quota uses up is told of with the charge", async () => {
    await credit(1_000n);
    await compile(5_450);
    expect(await told()).toEqual(["quota_50", "quota_80", "quota_100*", "credit_low*"]);
  });

  test("that answers use up is told of soon after, in one look for a burst of them", async () => {
    await credit(1_000n);
    await spend(950n);
    for (let burst = 0; burst < 20; burst += 1) watchCredit(db, [accountId], 1);
    await vi.waitFor(async () => expect(await told()).toEqual(["credit_low*"]), { timeout: 5_000 });
  });
});

const query = { limit: 50, unread: false } as const;

describe("notices", () => {
  test("are listed and read over HTTP, by their own account only", async () => {
    await compile(5_000);
    const caller = await testCaller(ctx, { scopes: ["billing:read", "billing:write"] });
    const unread = await caller.call(GET, { query: "?unread=true" });
    expect(unread).toMatchObject({ status: 200, body: { data: [{ kind: "quota_100" }], has_more: false } });
    const all = await listNotices(ctx, query);
    expect(all.items).toHaveLength(3);
    const id = all.items[0]?.id ?? "";
    const stranger = await testCaller(await testUser(db), { scopes: ["billing:write"] });
    const refused = await stranger.call(POST, { method: "POST", params: { id } });
    const missing = await stranger.call(POST, { method: "POST", params: { id: newId("notice") } });
    expect([refused.status, missing.status]).toEqual([404, 404]);
    const read = await caller.call(POST, { method: "POST", params: { id } });
    expect(read).toMatchObject({ status: 200, body: { data: { id } } });
    expect((await caller.call(GET, { query: "?unread=true" })).body).toMatchObject({ data: [] });
    const again = await readNotice(ctx, id);
    expect(again.read_at).toBe((read.body as { data: { read_at: string } }).data.read_at);
  });

  test("need the right to change what is marked as read", async () => {
    const caller = await testCaller(ctx, { scopes: ["billing:read"] });
    expect((await caller.call(POST, { method: "POST", params: { id: "ntc_x" } })).status).toBe(403);
  });

  test("come in pages, newest first", async () => {
    await compile(5_000);
    const first = await listNotices(ctx, { ...query, limit: 2 });
    expect(first.items).toHaveLength(2);
    const second = await listNotices(ctx, { ...query, limit: 2, cursor: first.nextCursor ?? undefined });
    const kinds = [...first.items, ...second.items].map(({ kind }) => kind);
    expect(kinds).toEqual(["quota_100", "quota_80", "quota_50"]);
  });
});

test("a quota's resets_at is counted from when the plan began", async () => {
  await setUp("standard");
  const planStartedAt = new Date(Date.now() - 47 * day);
  await db.account.update({ where: { id: accountId }, data: { planStartedAt } });
  const { resetsAt } = await readCompileQuota(db, accountId);
  expect(resetsAt).toEqual(new Date(planStartedAt.getTime() + 60 * day));
});
