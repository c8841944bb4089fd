import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { DELETE as revokeRoute } from "@/app/v1/api-keys/[id]/route";
import { GET as balanceRoute } from "@/app/v1/billing/balance/route";
import { DELETE as deleteFaceRoute, PATCH as patchFaceRoute } from "@/app/v1/faces/[face]/route";
import { POST as createFaceRoute } from "@/app/v1/faces/route";
import { findTarget } from "@/lib/chat/find-target";
import { connect, type Db } from "@/lib/db/client";
import { testDatabase, testUser } from "@/lib/db/testing";
import { newId } from "@/lib/ids";
import { testCaller } from "@/lib/http/testing";
import { authenticate, requireSession } from "./authenticate";
import { createAccessToken } from "./access-token";
import type { Ctx } from "./context";
import { endSession } from "./end-session";
import { caughtUpWithChanges, rememberRows } from "./memory";

const { db, url } = await testDatabase();
// every question to the database, by whoever asks
let asked: string[] = [];
const counting = db.$extends({
  query: {
    $allOperations({ operation, model, args, query }) {
      asked.push(`${model ?? ""}.${operation}`);
      return query(args);
    },
  },
}) as unknown as Db;
Object.assign(globalThis, { facesDb: counting });
// stands for another process: its changes reach this one through the database alone
const other = connect(url, 2);
const forgetAll = rememberRows({ url, db });
await becomesTrue(() => isRemembering());

afterEach(() => void vi.useRealTimers());
afterAll(async () => {
  await forgetAll();
  await other.$disconnect();
});

async function becomesTrue(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((done) => setImmediate(done));
}

async function isRemembering(): Promise<boolean> {
  const { key } = await testCaller(await testUser(db));
  await actorOf(key);
  return (await questions(() => actorOf(key))).length === 0;
}

function actorOf(key: string) {
  const headers = { authorization: `Bearer ${key}`, origin: "https://app.test" };
  return authenticate(new Request("http://faces.test/v1/x", { headers }), "chat");
}

async function questions(work: () => Promise<unknown>): Promise<string[]> {
  asked = [];
  await work();
  return asked;
}

async function callerWithKey() {
  const ctx = await testUser(db);
  const caller = await testCaller(ctx, { scopes: ["chat", "keys", "faces:read", "faces:write", "billing:read"] });
  const { id } = await db.apiKey.findFirstOrThrow({ where: { accountId: ctx.actor.accountId } });
  const actor = await actorOf(caller.key);
  return { ctx: { ...ctx, db: counting, actor } satisfies Ctx, caller, keyId: id };
}

const revokeBy = (by: Db, id: string) => by.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });

describe("what a process remembers", () => {
  test("answers a warm request without a question to the database", async () => {
    const { ctx, caller } = await callerWithKey();
    await caller.call(createFaceRoute, { method: "POST", json: { username: "alice" } });
    await db.faceVersion.create({
      data: {
        faceId: (await findTarget(ctx, "alice@builtin")).face?.id ?? "",
        number: 1,
        reason: "sync",
        sources: [],
        overrides: {},
        counts: {},
        graphHash: "",
      },
    });
    const request = async () => {
      await actorOf(caller.key);
      for (const name of ["alice@builtin", "alice#1@builtin", "builtin"]) await findTarget(ctx, name);
    };
    await request();
    expect(await questions(request)).toEqual([]);
  });

  test("ends with a key that another process revokes", async () => {
    for (let round = 0; round < 20; round++) {
      const { caller, keyId } = await callerWithKey();
      await revokeBy(other, keyId);
      await becomesTrue(() =>
        actorOf(caller.key).then(
          () => false,
          () => true,
        ),
      );
      await expect(actorOf(caller.key)).rejects.toMatchObject({ code: "unauthorized" });
    }
  });

  test("ends at once with a key that is revoked or changed here", async () => {
    const { caller, keyId } = await callerWithKey();
    const admin = await testCaller({ ...(await testUser(db)), db });
    expect((await admin.call(revokeRoute, { method: "DELETE", params: { id: keyId } })).status).toBe(403);
    await actorOf(caller.key);
    expect((await caller.call(revokeRoute, { method: "DELETE", params: { id: keyId } })).status).toBe(200);
    await expect(actorOf(caller.key)).rejects.toMatchObject({ code: "unauthorized" });
  });

  test.each([
    ["its hosts", { allowlist: ["elsewhere.test"] }, "forbidden"],
    ["its scopes", { scopes: ["keys"] }, "forbidden"],
    ["its end", { expiresAt: new Date(0) }, "unauthorized"],
  ] as const)("ends with a change of a key: %s", async (_what, data, code) => {
    const { caller, keyId } = await callerWithKey();
    await other.apiKey.update({ where: { id: keyId }, data: { ...data } as never });
    await caughtUpWithChanges();
    await expect(actorOf(caller.key)).rejects.toMatchObject({ code });
  });

  test("does not outlive a key's last moment", async () => {
    const { caller, keyId } = await callerWithKey();
    await other.apiKey.update({ where: { id: keyId }, data: { expiresAt: new Date(Date.now() + 3_600_000) } });
    await caughtUpWithChanges();
    await actorOf(caller.key);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_001 });
    expect(await questions(() => actorOf(caller.key).catch(() => undefined))).toEqual([]);
    await expect(actorOf(caller.key)).rejects.toThrow("expired");
  });

  test("stays while a key only spends or is used", async () => {
    const { caller, keyId } = await callerWithKey();
    await other.apiKey.update({ where: { id: keyId }, data: { spentMicroUsd: 5n, lastUsedAt: new Date() } });
    await caughtUpWithChanges();
    expect(await questions(() => actorOf(caller.key))).toEqual([]);
  });

  test("ends with the account: frozen, or gone", async () => {
    const { ctx, caller } = await callerWithKey();
    const { accountId } = ctx.actor;
    expect((await actorOf(caller.key)).isFrozen).toBe(false);
    await other.account.update({ where: { id: accountId }, data: { isFrozen: true } });
    await caughtUpWithChanges();
    expect((await actorOf(caller.key)).isFrozen).toBe(true);
    await other.account.delete({ where: { id: accountId } });
    await caughtUpWithChanges();
    await expect(actorOf(caller.key)).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("ends with a session, here and elsewhere", async () => {
    const ctx = await testUser(db);
    const { accountId } = ctx.actor;
    const newSession = async () => {
      const id = newId("session");
      await db.session.create({ data: { id, accountId, expiresAt: new Date(Date.now() + 60_000) } });
      await requireSession(id);
      expect(await questions(() => requireSession(id))).toEqual([]);
      return id;
    };
    const here = await newSession();
    const token = await createAccessToken({ accountId, sessionId: here });
    const request = () => new Request("http://faces.test/x", { headers: { authorization: `Bearer ${token}` } });
    await authenticate(request(), "chat");
    await endSession({ ...ctx, actor: { ...ctx.actor, credential: { kind: "session", sessionId: here } } });
    await expect(authenticate(request(), "chat")).rejects.toMatchObject({ code: "unauthorized" });
    const elsewhere = await newSession();
    await other.session.delete({ where: { id: elsewhere } });
    await caughtUpWithChanges();
    await expect(requireSession(elsewhere)).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("follows a face: made, renamed, taken by a model's name, deleted, by routes at once", async () => {
    const { ctx, caller } = await callerWithKey();
    const isThere = async (name: string) => (await findTarget(ctx, name).catch(() => null))?.face?.username ?? null;
    expect(await isThere("bob@builtin")).toBeNull();
    await caller.call(createFaceRoute, { method: "POST", json: { username: "bob" } });
    expect(await isThere("bob@builtin")).toBe("bob");
    expect(await isThere("builtin")).toBeNull();
    const patch = { method: "PATCH", params: { face: "bob" }, json: { basic_facts: "Bob is a smith." } };
    expect((await caller.call(patchFaceRoute, patch)).status).toBe(200);
    expect((await findTarget(ctx, "bob@builtin")).face?.basicFacts).toBe("Bob is a smith.");
    await other.face.updateMany({
      where: { username: "bob", accountId: ctx.actor.accountId },
      data: { username: "builtin" },
    });
    await caughtUpWithChanges();
    expect(await isThere("bob@builtin")).toBeNull();
    expect(await isThere("builtin")).toBe("builtin");
    await caller.call(deleteFaceRoute, { method: "DELETE", params: { face: "builtin" } });
    expect(await isThere("builtin")).toBeNull();
  });

  test("follows the sample face, which belongs to nobody and is everybody's", async () => {
    const { ctx } = await callerWithKey();
    const find = () =>
      findTarget(ctx, "carol@builtin").then(
        ({ face }) => face?.name ?? null,
        () => null,
      );
    expect(await find()).toBeNull();
    const { id } = await other.face.create({ data: { id: newId("face"), username: "carol", name: "One" } });
    await caughtUpWithChanges();
    expect(await find()).toBe("One");
    await other.face.update({ where: { id }, data: { name: "Two" } });
    await caughtUpWithChanges();
    expect(await find()).toBe("Two");
  });

  test("is nothing while the database cannot tell of changes, and comes back afterwards", async () => {
    const { ctx, caller, keyId } = await callerWithKey();
    const { accountId } = ctx.actor;
    await actorOf(caller.key);
    await other.$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'LISTEN%'`;
    await other.account.update({ where: { id: accountId }, data: { isFrozen: true } });
    await becomesTrue(async () => (await actorOf(caller.key)).isFrozen);
    await revokeBy(other, keyId);
    await becomesTrue(() =>
      actorOf(caller.key).then(
        () => false,
        () => true,
      ),
    );
    await becomesTrue(isRemembering);
  });

  test("is asked through routes", async () => {
    const { caller } = await callerWithKey();
    await caller.call(balanceRoute);
    expect((await questions(() => caller.call(balanceRoute))).filter((name) => name.startsWith("ApiKey"))).toEqual([]);
  });
});
