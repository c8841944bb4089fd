import { randomBytes } from "node:crypto";
import { type Readable } from "node:stream";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DELETE as deleteRoute } from "@/app/v1/account/route";
import { GET as exportRoute } from "@/app/v1/account/export/route";
import { createAccessToken } from "@/lib/auth/access-token";
import { requireSession } from "@/lib/auth/authenticate";
import type { Ctx } from "@/lib/auth/context";
import { logIn } from "@/lib/auth/log-in";
import { grant } from "@/lib/billing/ledger";
import { deleteFace } from "@/lib/faces/delete-face";
import { releaseFile, storageKeyOf } from "@/lib/faces/release-file.job";
import { testDatabase, testUser } from "@/lib/db/testing";
import { serveForTest, testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { enqueueJob } from "@/lib/jobs/queue";
import { type JobWorker, startWorker } from "@/lib/jobs/worker";
import { store } from "@/lib/storage/store";
import { deleteAccount } from "./delete-account";
import { exportAccount } from "./export-account";
import { removeAccount, resumeRemovals } from "./remove-account.job";
import { testMember, testPassword } from "./testing";

const { db, url } = await testDatabase();
const admin = await testUser(db, { isAdmin: true });
let worker: JobWorker;
beforeAll(async () => {
  worker = await startWorker({ url, db, jobs: [removeAccount, releaseFile], pollMs: 50 });
});
afterAll(() => worker.stop());

const secret = "I never told anyone about the lighthouse.";

/** An account that has something in every table. */
async function settled() {
  const ctx = await testMember(admin);
  const { accountId } = ctx.actor;
  const { key } = await testCaller(ctx);
  const faceId = newId("face");
  const documentId = newId("document");
  const storageKey = storageKeyOf({ faceId, documentId });
  await store().put(storageKey, Buffer.from(`file: ${secret}`), { contentType: "text/plain" });
  await db.face.create({
    data: { id: faceId, accountId, username: "ada", basicFacts: secret, version: 1, voice: { turns: 3 } },
  });
  await db.document.create({
    data: {
      ...{
        id: documentId,
        faceId,
        type: "document",
        label: "../Diary: 1/2.txt",
        source: "upload",
        mimeType: "text/plain",
      },
      ...{ perspective: "first-person", storageKey, contentHash: "x", tokenCount: 9, version: 2 },
      versions: {
        create: [
          { version: 1, content: `${secret} Once.` },
          { version: 2, content: `${secret} Twice.` },
        ],
      },
    },
  });
  const chunk = {
    id: newId("chunk"),
    documentId,
    version: 2,
    index: 0,
    start: 0,
    end: 41,
    tokens: 9,
    engine: "builtin",
  };
  await db.chunk.create({ data: chunk });
  const said = {
    component: "alpha",
    predicate: "is",
    polarity: "pos",
    statement: "I keep secrets.",
    object: "secrets",
  };
  const primitive = { ...said, id: newId("primitive"), faceId, key: "k", confidence: 0.9, alternatives: [] };
  await db.primitive.create({ data: { ...primitive, vector: new Uint8Array(516), state: "active" } });
  await db.statementRow.create({
    data: {
      ...{
        ...said,
        id: newId("statement"),
        faceId,
        documentId,
        chunkId: chunk.id,
        version: 2,
        primitiveId: primitive.id,
      },
      ...{ start: 0, end: 41, quote: secret, confidence: 0.9, alternatives: [], vector: new Uint8Array(516) },
    },
  });
  const version = { faceId, number: 1, reason: "sync", sources: [{ document_id: documentId, version: 2 }] };
  await db.faceVersion.create({ data: { ...version, overrides: {}, counts: {}, graphHash: "h" } });
  const numbers = { inputTokens: 5, model: "m", costMicroUsd: 0n };
  await db.usageRecord.create({
    data: { id: newId("usage"), accountId, kind: "chat", reference: newId("trace"), ...numbers },
  });
  await db.trace.create({
    data: {
      id: newId("trace"),
      accountId,
      model: "m",
      items: [{ text: secret }],
      tokens: {},
      costMicroUsd: 0n,
      timings: {},
    },
  });
  await db.storedResponse.create({
    data: { id: newId("request"), accountId, response: { text: secret }, items: 1, bytes: 9 },
  });
  const conversationId = newId("conversation");
  await db.conversation.create({ data: { id: conversationId, accountId, faceId, title: secret } });
  const message = { id: newId("message"), conversationId, role: "user", content: secret };
  await db.conversationMessage.create({ data: message });
  await db.idempotencyRecord.create({ data: { accountId, key: "k", fingerprint: "f", status: 200, body: secret } });
  const portraits = await portrayed(accountId);
  await grant(db, { accountId, amountMicroUsd: 5_000_000n, reference: "first", note: "welcome" });
  await enqueueJob(db, { name: "compile.sync", key: faceId, payload: { faceId, apiKeyId: null }, maxAttempts: 3 });
  return { ctx, key, accountId, faceId, documentId, storageKey, ...portraits };
}

/** A person with a photo, an order with a portrait, and a callback that was told of it; their files in the store. */
async function portrayed(accountId: string) {
  const file = { width: 8, height: 8, byteSize: 9 };
  const [photo, portrait] = [newId("photo"), newId("portrait")].map((id) => ({
    ...{ id, position: 0, storageKey: `portraits/${accountId}/${id}`, ...file },
  }));
  if (photo === undefined || portrait === undefined) throw new RangeError();
  for (const { storageKey } of [photo, portrait]) {
    await store().put(storageKey, Buffer.from(`file: ${secret}`), { contentType: "image/png" });
  }
  const consent = { by: "person", how: "checkbox", text: secret, at: new Date().toISOString() };
  const box = { x: 1, y: 1, width: 6, height: 6 };
  const reading = { box, confidence: 1, yaw: 0, pitch: 0, roll: 0, sharpness: 1, light: 1 };
  const tune = await db.tune.create({
    data: {
      ...{ accountId, title: secret, isApi: false, consent, expiresAt: new Date(Date.now() + 3_600_000) },
      photos: {
        create: { ...photo, fileName: "Ada.jpg", mimeType: "image/jpeg", reading, descriptor: Buffer.alloc(512) },
      },
    },
  });
  const order = { accountId, tuneId: tune.id, text: secret, options: {}, engine: "studio", seed: 1n, count: 1 };
  const prompt = await db.prompt.create({
    data: {
      ...{ ...order, width: 8, height: 8, status: "done" },
      references: { create: { position: 0, tuneId: tune.id, strength: 1 } },
      portraits: { create: { ...portrait, mimeType: "image/png", seed: 1n } },
    },
  });
  const told = {
    id: newId("delivery"),
    accountId,
    kind: "tune",
    subjectId: tune.id,
    url: `https://x.example/?${secret}`,
  };
  await db.callbackDelivery.create({ data: told });
  return { tuneId: tune.id, promptId: prompt.id, imageKeys: [photo.storageKey, portrait.storageKey] };
}

async function unzipped(ctx: Ctx): Promise<Record<string, string>> {
  const { stream } = await exportAccount(ctx);
  const bytes = Buffer.concat(await stream.toArray());
  return Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, part]) => [name, Buffer.from(part).toString()]),
  );
}

async function isRemoved(accountId: string): Promise<void> {
  await expect.poll(() => db.account.count({ where: { id: accountId } }), { timeout: 20_000 }).toBe(0);
}

/** The tables that still hold anything of what is named, in any column. */
async function tablesWith(...needles: string[]): Promise<string[]> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const pattern = `%(${needles.join("|")})%`;
    const [row] = await db.$queryRawUnsafe<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM "${name}" t WHERE t::text SIMILAR TO $1`,
      pattern,
    );
    if ((row?.n ?? 0) > 0) found.push(name);
  }
  return found;
}

describe("an export", () => {
  test("holds everything that is the account's, texts and files as they were, and no secret", async () => {
    const { ctx, key, documentId, accountId, tuneId, promptId } = await settled();
    const files = await unzipped(ctx);
    const place = `faces/ada/documents/${documentId}`;
    expect(Object.keys(files).sort()).toEqual(
      [
        ...[
          "README.txt",
          "account.json",
          "wallets.json",
          "sessions.json",
          "api_keys.json",
          "usage.json",
          "ledger.json",
        ],
        ...["notices.json", "traces.json", "responses.json", "conversations.json", "messages.json", "embeds.json"],
        ...[
          "callback_deliveries.json",
          `portraits/people/${tuneId}/person.json`,
          `portraits/people/${tuneId}/1-Ada.jpg`,
        ],
        ...["order.json", "1.png"].map((name) => `portraits/orders/${promptId}/${name}`),
        ...["face", "primitives", "findings", "versions", "voice"].map((name) => `faces/ada/${name}.json`),
        ...["document.json", "text-v1.txt", "text-v2.txt", "original/_Diary_ 1_2.txt"].map(
          (name) => `${place}/${name}`,
        ),
      ].sort(),
    );
    const read = (name: string): unknown => JSON.parse(files[name] ?? "");
    expect(files[`${place}/text-v1.txt`]).toBe(`${secret} Once.`);
    expect(files[`${place}/original/_Diary_ 1_2.txt`]).toBe(`file: ${secret}`);
    const [primitive] = read("faces/ada/primitives.json") as {
      provenance: { quote: string; start: number; end: number }[];
    }[];
    const [source] = primitive?.provenance ?? [];
    expect(files[`${place}/text-v2.txt`]?.slice(source?.start, source?.end)).toBe(source?.quote);
    expect(read("ledger.json")).toMatchObject([{ account_id: accountId, kind: "grant" }]);
    expect(read("traces.json")).toMatchObject([{ items: [{ text: secret }] }]);
    expect(read("conversations.json")).toMatchObject([{ account_id: accountId, title: secret }]);
    expect(read("messages.json")).toMatchObject([{ content: secret }]);
    expect(read("faces/ada/voice.json")).toEqual({ turns: 3 });
    expect(read("account.json")).toMatchObject({ id: accountId, email: ctx.email });
    for (const name of Object.keys(files).filter((name) => name.endsWith(".json")))
      expect(() => read(name)).not.toThrow();
    const all = Object.values(files).join("\n");
    const stored = await db.apiKey.findFirstOrThrow({ where: { accountId } });
    const { passwordHash } = await db.account.findUniqueOrThrow({ where: { id: accountId } });
    for (const hidden of [key, stored.hash, passwordHash ?? "argon2id", "argon2id"]) expect(all).not.toContain(hidden);
  });

  test("of somebody else's holds nothing of mine", async () => {
    await settled();
    const stranger = await testMember(admin);
    const all = Object.entries(await unzipped(stranger)).join("\n");
    expect(all).not.toContain("lighthouse");
    expect(all).not.toContain("ada");
  });

  test("says where a file is that the store has lost", async () => {
    const { ctx, storageKey, documentId } = await settled();
    await store().delete(storageKey);
    expect(Object.keys(await unzipped(ctx))).toContain(`faces/ada/documents/${documentId}/original/MISSING.txt`);
  });

  test("is sent once at a time, and again afterwards, also when its reader went away", async () => {
    const { ctx } = await settled();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => exportAccount(ctx)));
    const [stream, ...others] = results.flatMap((result) =>
      result.status === "fulfilled" ? [result.value.stream] : [],
    );
    expect(others).toEqual([]);
    expect(results.flatMap((r) => (r.status === "rejected" ? [r.reason as object] : []))[0]).toMatchObject({
      code: "rate_limited",
    });
    for await (const _ of stream ?? []) break;
    await expect
      .poll(() =>
        exportAccount(ctx).then(
          (next) => unread(next.stream),
          () => "busy",
        ),
      )
      .toBe("sent");
    expect(Object.keys(await unzipped(ctx)).length).toBeGreaterThan(10);
  });

  async function unread(stream: Readable): Promise<string> {
    await stream.toArray();
    return "sent";
  }

  test("goes over HTTP to keys that may see the account, unless they are limited to faces", async () => {
    const { ctx } = await settled();
    const call = async (limits: object) => {
      const { key } = await testCaller(ctx, limits);
      const headers = { authorization: `Bearer ${key}` };
      return exportRoute(new Request("http://faces.test/x", { headers }), { params: Promise.resolve({}) });
    };
    const response = await call({ scopes: ["account"] });
    expect(response.headers.get("content-disposition")).toMatch(/filename="faces-export-\d{4}-\d\d-\d\d\.zip"/);
    expect(Object.keys(unzipSync(new Uint8Array(await response.arrayBuffer())))).toContain("README.txt");
    expect((await call({ scopes: ["faces:read"] })).status).toBe(403);
    expect((await call({ scopes: ["account"], allowed_faces: ["ada"] })).status).toBe(403);
  });
});

describe("over real HTTP", () => {
  test("an export that its reader leaves can be asked for again, and an account is deleted by a request with a body", async () => {
    const { ctx, storageKey, accountId } = await settled();
    await store().put(storageKey, randomBytes(8_000_000), { contentType: "text/plain" });
    const { key } = await testCaller(ctx, { scopes: ["account"] });
    const { credential } = ctx.actor;
    const sessionId = credential.kind === "session" ? credential.sessionId : "";
    const token = await createAccessToken({ accountId, sessionId });
    const server = await serveForTest({ "GET /v1/account/export": exportRoute, "DELETE /v1/account": deleteRoute });
    try {
      const ask = (signal?: AbortSignal) =>
        fetch(`${server.url}/v1/account/export`, {
          headers: { authorization: `Bearer ${key}` },
          signal: signal ?? null,
        });
      const leaving = new AbortController();
      const first = await ask(leaving.signal);
      await first.body?.getReader().read();
      expect((await ask()).status).toBe(429);
      leaving.abort();
      let again = await ask();
      while (again.status === 429) again = await ask();
      expect(unzipSync(new Uint8Array(await again.arrayBuffer()))["README.txt"]).toBeDefined();
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const remove = (body: object) =>
        fetch(`${server.url}/v1/account`, { method: "DELETE", headers, body: JSON.stringify(body) });
      expect((await remove({})).status).toBe(422);
      expect((await remove({ password: testPassword })).status).toBe(200);
      expect((await remove({ password: testPassword })).status).toBe(401);
    } finally {
      await server.close();
    }
    await isRemoved(accountId);
  });
});

describe("deleting an account", () => {
  test("leaves nothing of it in any table or in the store, and others as they were", async () => {
    const other = await settled();
    const { ctx, accountId, faceId, documentId, storageKey, imageKeys } = await settled();
    await deleteAccount(ctx, { password: testPassword });
    await isRemoved(accountId);
    for (const key of [storageKey, ...imageKeys]) {
      await expect.poll(() => store().exists(key), { timeout: 20_000 }).toBe(false);
    }
    await expect.poll(() => db.orphanedObject.count()).toBe(0);
    // the queue names what it has released, and the second look for late traces
    expect(await tablesWith(accountId, faceId, documentId, ctx.email)).toEqual(["jobs"]);
    const left = await db.job.findMany({
      where: { OR: [{ key: documentId }, { key: `${accountId}+` }, { key: accountId }] },
    });
    expect(left.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
      "accounts.remove queued",
      "accounts.remove succeeded",
      "documents.release_file succeeded",
    ]);
    expect(await store().exists(other.storageKey)).toBe(true);
    expect(Object.keys(await unzipped(other.ctx)).length).toBeGreaterThan(10);
  });

  test("ends its sessions, keys and syncs at once, and its e-mail address may begin anew", async () => {
    const { ctx, key, faceId, accountId } = await settled();
    await worker.stop();
    await deleteAccount(ctx, { password: testPassword });
    const { credential } = ctx.actor;
    await expect(requireSession(credential.kind === "session" ? credential.sessionId : "")).rejects.toMatchObject({
      code: "unauthorized",
    });
    const headers = { authorization: `Bearer ${key}` };
    const answer = await exportRoute(new Request("http://faces.test/x", { headers }), { params: Promise.resolve({}) });
    expect(answer.status).toBe(401);
    const caller = { userAgent: null, address: "x" };
    await expect(logIn(db, { email: ctx.email, password: testPassword }, caller)).rejects.toMatchObject({
      code: "unauthorized",
    });
    expect(await db.job.findFirst({ where: { name: "compile.sync", key: faceId } })).toMatchObject({
      status: "cancelled",
    });
    const again = await testMember(admin, ctx.email);
    expect(again.actor.accountId).not.toBe(accountId);
    worker = await startWorker({ url, db, jobs: [removeAccount, releaseFile], pollMs: 50 });
    await isRemoved(accountId);
    expect(await db.account.count({ where: { email: ctx.email } })).toBe(1);
  });

  test("asks for the password, or the name or address of an account that has none, and never takes a key", async () => {
    const { ctx } = await settled();
    await expect(deleteAccount(ctx, {})).rejects.toMatchObject({ code: "invalid_input", param: "password" });
    await expect(deleteAccount(ctx, { confirm: ctx.email })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(deleteAccount(ctx, { password: "not this one" })).rejects.toMatchObject({ code: "forbidden" });
    const byKey = await testCaller(ctx, { scopes: ["account"] });
    expect((await byKey.call(deleteRoute, { method: "DELETE", json: { password: testPassword } })).status).toBe(403);
    const wallet = await testUser(db);
    const address = `0x${"Ab".repeat(20)}`;
    await db.wallet.create({ data: { address, accountId: wallet.actor.accountId } });
    await expect(deleteAccount(wallet, { confirm: "" })).rejects.toMatchObject({
      code: "invalid_input",
      param: "confirm",
    });
    await expect(deleteAccount(wallet, { confirm: "0x1" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(deleteAccount(wallet, { confirm: address.toLowerCase() })).resolves.toMatchObject({ deleted: true });
    await isRemoved(wallet.actor.accountId);
  });

  test("twice is once", async () => {
    const { ctx, accountId } = await settled();
    const results = await Promise.allSettled([1, 2, 3].map(() => deleteAccount(ctx, { password: testPassword })));
    expect(results.some(({ status }) => status === "fulfilled")).toBe(true);
    await isRemoved(accountId);
    expect(await db.job.count({ where: { key: accountId, name: "accounts.remove" } })).toBe(1);
  });

  test("that was given up is taken up again after an hour", async () => {
    const { accountId } = await settled();
    const finishedAt = new Date(Date.now() - 3_700_000);
    const payload = { accountId, isSecondLook: false };
    const job = { name: "accounts.remove", key: accountId, payload, maxAttempts: 1, status: "failed" };
    const { id } = await db.job.create({ data: { ...job, id: newId("job"), finishedAt: new Date() } });
    expect(await resumeRemovals(db)).toBe(0);
    await db.job.update({ where: { id }, data: { finishedAt } });
    expect(await resumeRemovals(db)).toBe(1);
    await isRemoved(accountId);
    expect(await resumeRemovals(db)).toBe(0);
  });

  test("is refused to the last admin while others are there", async () => {
    await db.wallet.create({ data: { address: `0x${"Cd".repeat(20)}`, accountId: admin.actor.accountId } });
    const confirm = `0x${"Cd".repeat(20)}`;
    await expect(deleteAccount(admin, { confirm })).rejects.toMatchObject({ code: "conflict" });
    expect(await db.account.count({ where: { id: admin.actor.accountId, isAdmin: true } })).toBe(1);
  });

  test("takes no more of a face than deleting it before", async () => {
    const { ctx, accountId, storageKey } = await settled();
    await deleteFace(ctx, "ada");
    await deleteAccount(ctx, { password: testPassword });
    await isRemoved(accountId);
    await expect.poll(() => store().exists(storageKey), { timeout: 20_000 }).toBe(false);
  });
});
