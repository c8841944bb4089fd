import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";

/** Shows that no key goes upstream, either. */
const received: string[] = [];
const upstream = createServer((incoming, outgoing) => {
  let text = JSON.stringify(incoming.headers);
  incoming.on("data", (part: Buffer) => (text += part.toString("utf8")));
  incoming.on("end", () => {
    received.push(text);
    outgoing.writeHead(401, { "content-type": "application/json" }).end('{"error":{"message":"no"}}');
  });
}).listen(0, "127.0.0.1");
await once(upstream, "listening");
const base_url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
vi.stubEnv("MODEL_SERVERS", JSON.stringify([{ name: "own", base_url, models: ["free"] }]));
vi.stubEnv("LOG_LEVEL", "debug");

const { POST: rotate } = await import("@/app/v1/api-keys/[id]/rotate/route");
const { DELETE: revoke, PATCH: update } = await import("@/app/v1/api-keys/[id]/route");
const { GET: list, POST: create } = await import("@/app/v1/api-keys/route");
const { POST: chat } = await import("@/app/v1/chat/completions/route");
const { POST: messages } = await import("@/app/v1/messages/route");
const { GET: readFace } = await import("@/app/v1/faces/[face]/route");
const { POST: createFace } = await import("@/app/v1/faces/route");
const { authenticate } = await import("@/lib/auth/authenticate");
const { scopes } = await import("@/lib/auth/context");
const { caughtUpWithChanges, rememberRows } = await import("@/lib/auth/memory");
const { hashApiKey } = await import("@/lib/auth/secrets");
const { closePool } = await import("@/lib/compute/pool");
const { connect } = await import("@/lib/db/client");
const { testDatabase, testUser } = await import("@/lib/db/testing");
const { testCaller } = await import("@/lib/http/testing");
const { createKey } = await import("./create-key");
const { revokeKey } = await import("./revoke-key");
const { rotateKey } = await import("./rotate-key");
const { CreateKeyInput } = await import("./schemas");

const { db, url } = await testDatabase();
// another process: it remembers nothing, and this one hears of what it does through the database alone
const other = connect(url, 2);
const forgetAll = rememberRows({ url, db });

afterEach(() => void vi.useRealTimers());
afterAll(async () => {
  await forgetAll();
  await other.$disconnect();
  upstream.close();
  await closePool();
});

const works = (key: string) =>
  authenticate(new Request("http://x.test/", { headers: { authorization: `Bearer ${key}` } }), "faces:read").then(
    () => true,
    () => false,
  );

type Made = { id: string; key: string; key_prefix: string; previous_expires_at: string | null };

async function manager() {
  const ctx = await testUser(db);
  const caller = await testCaller(ctx, { scopes: [...scopes] });
  const make = async (input: object = {}) =>
    ((await caller.call(create, { method: "POST", json: { name: "app", ...input } })).body as { data: Made }).data;
  const turn = async (id: string, json: object = {}) => {
    const answer = await caller.call(rotate, { method: "POST", params: { id }, json });
    return { status: answer.status, ...(answer.body as { data: Made }).data };
  };
  return { ctx, caller, make, turn };
}

describe("the list of keys", () => {
  test("holds those that are over only where they are asked for, and never a secret", async () => {
    const { caller, make } = await manager();
    const made = await make({ name: "old" });
    await caller.call(revoke, { method: "DELETE", params: { id: made.id } });
    const listed = async (query: string) =>
      (await caller.call(list, { query })).body as { data: (Made & { revoked_at: string | null })[] };
    expect((await listed("")).data.map(({ id }) => id)).not.toContain(made.id);
    const all = await listed("?revoked=true");
    expect(all.data.find(({ id }) => id === made.id)?.revoked_at).toMatch(/^\d{4}-/);
    expect(JSON.stringify(all)).not.toContain(made.key);
    expect((await caller.call(list, { query: "?revoked=perhaps" })).status).toBe(422);
  });
});

describe("rotating a key", () => {
  test("gives a new secret once, and lets the one before work until the overlap ends", async () => {
    const { caller, make, turn } = await manager();
    const made = await make({ budget_usd: 5, allowed_faces: ["alice"] });
    const turned = await turn(made.id, { overlap_hours: 2 });
    expect(turned).toMatchObject({ status: 200, id: made.id, budget_usd: 5, allowed_faces: ["alice"] });
    expect(turned.key.startsWith(turned.key_prefix)).toBe(true);
    expect(turned.key_prefix).not.toBe(made.key_prefix);
    expect([await works(made.key), await works(turned.key)]).toEqual([true, true]);
    const end = Date.parse(turned.previous_expires_at ?? "");
    vi.useFakeTimers({ toFake: ["Date"], now: end - 1 });
    expect([await works(made.key), await works(turned.key)]).toEqual([true, true]);
    vi.setSystemTime(end);
    expect([await works(made.key), await works(turned.key)]).toEqual([false, true]);
    const listed = (await caller.call(list)).body as { data: Made[] };
    expect(JSON.stringify(listed)).not.toContain(turned.key);
    expect(listed.data.find(({ id }) => id === made.id)).toMatchObject({ previous_expires_at: null });
  });

  test("without an overlap ends the secret before at once", async () => {
    const { make, turn } = await manager();
    const made = await make();
    expect(await works(made.key)).toBe(true);
    const turned = await turn(made.id, { overlap_hours: 0 });
    expect(turned.previous_expires_at).toBeNull();
    expect([await works(made.key), await works(turned.key)]).toEqual([false, true]);
  });

  test("keeps one secret before, however often and however fast", async () => {
    const { ctx, make } = await manager();
    const made = await make();
    const secrets = [
      made.key,
      ...(await Promise.all(
        Array.from({ length: 10 }, async () => (await rotateKey(ctx, { id: made.id, overlap_hours: 1 })).key),
      )),
    ];
    await caughtUpWithChanges();
    const working = await Promise.all(secrets.map(works));
    expect(working.filter(Boolean)).toHaveLength(2);
  });

  test("is for the account's own keys that are not revoked and not expired", async () => {
    const { ctx, caller, make } = await manager();
    const made = await make();
    const answer = async (id: string, by = caller) => {
      const { status, body } = await by.call(rotate, { method: "POST", params: { id }, json: {} });
      return { status, detail: (body as { detail: string }).detail };
    };
    const stranger = (await manager()).caller;
    const missing = await answer("key_none");
    expect(missing.status).toBe(404);
    expect(await answer(made.id, stranger)).toEqual(missing);
    await db.apiKey.update({ where: { id: made.id }, data: { expiresAt: new Date() } });
    expect((await answer(made.id)).status).toBe(409);
    await revokeKey(ctx, made.id);
    expect(await answer(made.id)).toEqual(missing);
  });

  test("holds in every process: rotated or revoked in one, it is over in the other", async () => {
    const { ctx } = await manager();
    for (let round = 0; round < 10; round++) {
      const made = await createKey({ ...ctx, db: other }, CreateKeyInput.parse({ name: "app" }));
      expect(await works(made.key)).toBe(true);
      const turned = await rotateKey({ ...ctx, db: other }, { id: made.id, overlap_hours: round % 2 });
      await caughtUpWithChanges();
      expect([await works(made.key), await works(turned.key)]).toEqual([round % 2 === 1, true]);
      await other.apiKey.update({ where: { id: made.id }, data: { revokedAt: new Date() } });
      await caughtUpWithChanges();
      expect([await works(made.key), await works(turned.key)]).toEqual([false, false]);
    }
  });
});

describe("changing a key", () => {
  test("changes what it says, for the next request", async () => {
    const { caller, make } = await manager();
    const { id, key } = await make({ budget_usd: 1 });
    await db.apiKey.update({ where: { id }, data: { spentMicroUsd: 900_000n } });
    const patch = async (json: object) => (await caller.call(update, { method: "PATCH", params: { id }, json })).body;
    expect(await patch({ name: "web" })).toMatchObject({ data: { name: "web", budget_usd: 1, spent_usd: 0.9 } });
    expect(await patch({ reset_spent: true, budget_usd: null })).toMatchObject({
      data: { spent_usd: 0, budget_usd: null },
    });
    expect(await works(key)).toBe(true);
    expect(await patch({ scopes: ["chat"] })).toMatchObject({ data: { scopes: ["chat"] } });
    expect(await works(key)).toBe(false);
    await patch({ scopes: ["faces:read"], expires_in_days: 1 });
    expect(await works(key)).toBe(true);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 24 * 3_600_000 });
    expect(await works(key)).toBe(false);
  });

  test("is no way for a key to become more than it is", async () => {
    const ctx = await testUser(db);
    const plain = await testCaller(ctx, { scopes: ["keys"] });
    const make = (by: typeof plain, json: object) => by.call(create, { method: "POST", json: { name: "x", ...json } });
    expect((await make(plain, {})).status).toBe(201);
    expect((await make(plain, { scopes: ["billing:write"] })).status).toBe(403);
    expect((await make(plain, { scopes: ["account"] })).status).toBe(403);
    // whoever turns a key gets its secret, and with it all that the key may do
    const turn = async (target: typeof plain) => {
      const { id } = await db.apiKey.findFirstOrThrow({ where: { hash: hashApiKey(target.key) } });
      return plain.call(rotate, { method: "POST", params: { id }, json: {} });
    };
    expect((await turn(await testCaller(ctx, { scopes: ["keys", "account"] }))).status).toBe(403);
    expect((await turn(await testCaller(ctx, { scopes: ["keys", "chat"] }))).status).toBe(200);
    for (const limit of [
      { budget_usd: 1 },
      { allowed_faces: ["a"] },
      { allowed_models: ["m"] },
      { expires_in_days: 1 },
    ]) {
      const limited = await testCaller(ctx, { scopes: ["keys"], ...(limit as object) });
      expect((await make(limited, {})).status).toBe(403);
      const own = await db.apiKey.findFirstOrThrow({
        where: { accountId: ctx.actor.accountId },
        orderBy: { id: "desc" },
      });
      const target = { params: { id: own.id } };
      expect((await limited.call(update, { method: "PATCH", ...target, json: { budget_usd: null } })).status).toBe(403);
      expect((await limited.call(rotate, { method: "POST", ...target, json: {} })).status).toBe(403);
    }
  });
});

describe("a key's secret", () => {
  test("is in no table, no log line, no error and no request to a model, however it is used or misused", async () => {
    const lines = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { ctx, caller, make, turn } = await manager();
    const made = await make();
    const turned = await turn(made.id);
    const secrets = [caller.key, made.key, turned.key];
    const answers: unknown[] = [];
    const face = { method: "POST", json: { username: "alice", basic_facts: "Alice is a potter." } };
    await caller.call(createFace, face);
    const ask = async (key: string, json: object, headers: Record<string, string> = {}, handler = chat) => {
      const init = {
        method: "POST",
        body: JSON.stringify(json),
        headers: { authorization: `Bearer ${key}`, ...headers },
      };
      const response = await handler(new Request("http://faces.test/v1/x", init), { params: Promise.resolve({}) });
      answers.push(await response.text(), [...response.headers]);
    };
    const hello = [{ role: "user", content: "What do you make?" }];
    for (const key of secrets) {
      for (const stream of [true, false]) {
        await ask(key, { model: "alice@builtin", messages: hello, stream });
        await ask(key, { model: "free", messages: hello, stream });
      }
      await ask(key, { model: "alice", messages: hello }, { "idempotency-key": `once ${key.slice(0, 4)} ${made.id}` });
      await ask(
        "",
        { model: "alice", max_tokens: 9, messages: hello },
        { "x-api-key": key, authorization: "Basic x" },
        messages,
      );
      // where it does not belong
      await ask(key, { model: "alice", messages: hello }, { "idempotency-key": key });
      await ask(`${key}x`, { model: "alice", messages: hello });
      await ask(`${key} `, { model: key, messages: hello });
      await ask(key, { model: `alice@${key}`, messages: hello });
      await ask(key, { model: "alice", messages: key });
      for (const name of [key, `my ${key}`])
        await caller.call(create, { method: "POST", json: { name } }).then((one) => answers.push(one.body));
      await caller
        .call(create, { method: "POST", json: { name: "x", allowlist: [key] } })
        .then((one) => answers.push(one.body));
      await caller.call(readFace, { params: { face: key } }).then((one) => answers.push(one.body));
      await caller.call(createFace, { method: "POST", json: { username: key } }).then((one) => answers.push(one.body));
      await caller.call(revoke, { method: "DELETE", params: { id: key } }).then((one) => answers.push(one.body));
    }
    await caughtUpWithChanges();
    const tables = await db.$queryRaw<{ name: string }[]>`
      SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`;
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const [row] = await db.$queryRawUnsafe<{ text: string | null }[]>(
        `SELECT string_agg(t::text, E'\\n') AS text FROM "${name}" t`,
      );
      for (const key of secrets) expect(row?.text ?? "", name).not.toContain(key.slice(9));
    }
    expect(await db.trace.count({ where: { accountId: ctx.actor.accountId } })).toBeGreaterThan(0);
    expect(received.length).toBeGreaterThan(0);
    const said = [...lines.mock.calls, ...answers, ...received].map((one) => JSON.stringify(one)).join("\n");
    for (const key of secrets) expect(said).not.toContain(key.slice(9));
    lines.mockRestore();
  });
});
