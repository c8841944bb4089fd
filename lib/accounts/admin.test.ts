import { afterAll, describe, expect, test } from "vitest";
import { PATCH as changeRoute } from "@/app/v1/admin/accounts/[id]/route";
import { GET as listRoute } from "@/app/v1/admin/accounts/route";
import { GET as healthRoute } from "@/app/v1/admin/health/route";
import { requireSession } from "@/lib/auth/authenticate";
import type { Ctx } from "@/lib/auth/context";
import { caughtUpWithChanges, rememberRows } from "@/lib/auth/memory";
import { grant } from "@/lib/billing/ledger";
import { reserve } from "@/lib/billing/reservations";
import { connect } from "@/lib/db/client";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { changeAccount } from "./change-account";
import { listAccounts } from "./list-accounts";
import { ChangeAccountInput } from "./schemas";
import { showHealth } from "./show-health";
import { testMember } from "./testing";

const { db, url } = await testDatabase();
const admin = await testUser(db, { isAdmin: true });
const other = connect(url, 2);
const forgetAll = rememberRows({ url, db });
afterAll(async () => {
  await forgetAll();
  await other.$disconnect();
});

const change = (ctx: Ctx, id: string, input: object) => changeAccount(ctx, { ...ChangeAccountInput.parse(input), id });
const sessionOf = ({ actor }: Ctx) => (actor.credential.kind === "session" ? actor.credential.sessionId : "");
const all = { limit: 200, cursor: undefined };

describe("an admin", () => {
  test("finds accounts by a part of their name or address, in pages, with what they have", async () => {
    const members = [];
    for (let n = 0; n < 5; n++) members.push(await testMember(admin, `person${n}@pages.test`));
    const [first] = members;
    const address = `0x${"Ef".repeat(20)}`;
    await db.wallet.create({ data: { address, accountId: first?.actor.accountId ?? "" } });
    await grant(db, { accountId: first?.actor.accountId ?? "", amountMicroUsd: 1_500_000n, reference: "r" });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAccounts(admin, { limit: 2, cursor, q: "@PAGES.test" });
      seen.push(...page.items.map(({ email }) => email ?? ""));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([4, 3, 2, 1, 0].map((n) => `person${n}@pages.test`));
    for (const q of [address.toLowerCase(), first?.actor.accountId, "person0@"]) {
      const { items } = await listAccounts(admin, { ...all, q });
      expect(items).toMatchObject([{ email: "person0@pages.test", balance_usd: 1.5, wallets: [address], faces: 0 }]);
    }
    for (const q of ["%", "_erson", "\\"]) expect((await listAccounts(admin, { ...all, q })).items).toEqual([]);
    expect(JSON.stringify((await listAccounts(admin, all)).items)).not.toContain("argon2");
  });

  test("freezes an account with its reason, at once everywhere, and frees it", async () => {
    const member = await testMember(admin);
    const { accountId } = member.actor;
    await grant(db, { accountId, amountMicroUsd: 1_000_000n, reference: "r" });
    expect((await requireSession(sessionOf(member))).isFrozen).toBe(false);
    const view = await change({ ...admin, db: other }, accountId, { is_frozen: true, frozen_reason: "Too loud." });
    expect(view).toMatchObject({ is_frozen: true, frozen_reason: "Too loud." });
    await caughtUpWithChanges();
    expect((await requireSession(sessionOf(member))).isFrozen).toBe(true);
    const hold = { accountId, apiKeyId: null, amountMicroUsd: 1n, expiresInSeconds: 60 };
    await expect(reserve(db, hold)).rejects.toMatchObject({ code: "account_frozen" });
    expect(await change(admin, accountId, { is_frozen: true })).toMatchObject({ frozen_reason: "Too loud." });
    expect(await change(admin, accountId, { is_frozen: false })).toMatchObject({
      is_frozen: false,
      frozen_reason: null,
    });
    expect((await requireSession(sessionOf(member))).isFrozen).toBe(false);
    await expect(reserve(db, hold)).resolves.toBeDefined();
  });

  test("gives another plan, whose period begins then; the same plan again changes nothing", async () => {
    const member = await testMember(admin);
    const { accountId } = member.actor;
    const before = await db.account.update({ where: { id: accountId }, data: { planStartedAt: new Date(0) } });
    expect(await change(admin, accountId, { plan: before.plan })).toMatchObject({ plan: before.plan });
    expect((await db.account.findUniqueOrThrow({ where: { id: accountId } })).planStartedAt).toEqual(new Date(0));
    expect(await change(admin, accountId, { plan: "pro" })).toMatchObject({ plan: "pro" });
    const started = (await db.account.findUniqueOrThrow({ where: { id: accountId } })).planStartedAt.getTime();
    expect(started).toBeGreaterThan(Date.now() - 60_000);
    await db.account.update({ where: { id: accountId }, data: { stripeSubscriptionId: newId("request") } });
    await expect(change(admin, accountId, { plan: "free" })).rejects.toMatchObject({ code: "conflict", param: "plan" });
  });

  test("makes another one, whose sessions know at once, and takes it back", async () => {
    const member = await testMember(admin);
    const { accountId } = member.actor;
    expect((await requireSession(sessionOf(member))).isAdmin).toBe(false);
    await change({ ...admin, db: other }, accountId, { is_admin: true });
    await caughtUpWithChanges();
    const actor = await requireSession(sessionOf(member));
    expect(actor.isAdmin).toBe(true);
    await expect(showHealth({ ...member, actor })).resolves.toBeDefined();
    await change(admin, accountId, { is_admin: false });
    expect((await requireSession(sessionOf(member))).isAdmin).toBe(false);
  });

  test("that is the last stays one, also when two let each other go at once", async () => {
    await expect(change(admin, admin.actor.accountId, { is_admin: false })).rejects.toMatchObject({ code: "conflict" });
    for (let round = 0; round < 5; round++) {
      const second = await testUser(db, { isAdmin: true });
      const ids = [admin.actor.accountId, second.actor.accountId];
      const results = await Promise.allSettled([
        change(admin, ids[1] ?? "", { is_admin: false }),
        change(second, ids[0] ?? "", { is_admin: false }),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await db.account.count({ where: { isAdmin: true } })).toBe(1);
      await db.account.update({ where: { id: admin.actor.accountId }, data: { isAdmin: true } });
      await db.account.update({ where: { id: second.actor.accountId }, data: { isAdmin: false } });
    }
  });

  test("is told of an account that is not there", async () => {
    await expect(change(admin, newId("account"), { plan: "pro" })).rejects.toMatchObject({ code: "not_found" });
    await expect(change(admin, newId("account"), { is_admin: false })).rejects.toMatchObject({ code: "not_found" });
  });

  test("is nobody's key, and no one else", async () => {
    const stranger = await testUser(db);
    const id = admin.actor.accountId;
    await expect(listAccounts(stranger, all)).rejects.toMatchObject({ code: "forbidden" });
    await expect(showHealth(stranger)).rejects.toMatchObject({ code: "forbidden" });
    const refusal = (of: string) => change(stranger, of, { plan: "pro" }).catch((error: unknown) => error);
    expect(await refusal(id)).toEqual(await refusal(newId("account")));
    const key = await testCaller(admin, { scopes: ["account"] });
    expect((await key.call(listRoute)).status).toBe(403);
    expect((await key.call(healthRoute)).status).toBe(403);
    expect((await key.call(changeRoute, { method: "PATCH", params: { id }, json: { plan: "pro" } })).status).toBe(403);
  });

  test.each([[{}], [{ plan: "gold" }], [{ is_frozen: "yes" }], [{ balance_usd: 5 }], [{ frozen_reason: "" }]])(
    "cannot change an account by %j",
    (input) => {
      expect(ChangeAccountInput.safeParse(input).success).toBe(false);
    },
  );
});

describe("the installation's health", () => {
  test("tells of workers, queue, database, storage and models", async () => {
    const without = await showHealth(admin);
    expect(without).toMatchObject({ status: "degraded", workers: [], payments: "none" });
    await db.worker.create({ data: { id: newId("worker"), seenAt: new Date() } });
    await db.worker.create({ data: { id: newId("worker"), seenAt: new Date(Date.now() - 60_000) } });
    const jobs = [
      { status: "queued" },
      { status: "running" },
      { status: "failed", finishedAt: new Date(), error: "no" },
    ];
    for (const job of jobs) {
      await db.job.create({ data: { id: newId("job"), name: "a.b", payload: {}, maxAttempts: 1, ...job } });
    }
    const health = await showHealth(admin);
    expect(health).toMatchObject({
      status: "ok",
      queue: { waiting: 1, running: 1, failed_last_day: [{ name: "a.b", count: 1, last_error: "no" }] },
      database: { is_ok: true, error: null },
      storage: { is_ok: true, error: null, kind: "folder" },
      models: { chat: "builtin", compile: "builtin", servers: [] },
    });
    expect(health.workers.map(({ is_alive }) => is_alive).sort()).toEqual([false, true]);
    expect(health.database.version).toMatch(/^\d+/);
  });
});
