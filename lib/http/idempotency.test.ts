import { beforeEach, describe, expect, test, vi } from "vitest";
import { POST as addText } from "@/app/v1/faces/[face]/documents/route";
import { POST as startSync } from "@/app/v1/faces/[face]/sync/route";
import { POST as upload } from "@/app/v1/faces/[face]/upload/route";
import { POST as importCard } from "@/app/v1/faces/import/route";
import { GET as listFaces, POST as createFace } from "@/app/v1/faces/route";
import { connect } from "@/lib/db/client";
import { testDatabase, testUser } from "@/lib/db/testing";
import { AppError } from "@/lib/errors";
import { streamOf } from "@/lib/net/byte-source";
import { once } from "./idempotency";
import { leaseSeconds, runningOnes } from "./idempotency-lease";
import { testCaller } from "./testing";

const { db, url } = await testDatabase();
let caller: Awaited<ReturnType<typeof testCaller>>;
beforeEach(async () => {
  caller = await testCaller(await testUser(db));
});

const create = (username: string, key: string) =>
  caller.call(createFace, { method: "POST", json: { username }, headers: { "idempotency-key": key } });

describe("a POST with an Idempotency-Key", () => {
  test("sent a hundred times has one effect, and the same answer whenever it has one", async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => create("alice", "once")));
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    // the others were told that the first still runs
    expect(new Set(answers.map(({ status }) => status)).difference(new Set([201, 409])).size).toBe(0);
    expect(await create("alice", "once")).toMatchObject({ status: 201, body: made[0]?.body });
    const list = await caller.call(listFaces);
    expect((list.body as { data: { username: string }[] }).data.map(({ username }) => username)).toEqual(["alice"]);
  });

  test("sent a hundred times to three processes has one effect", async () => {
    const { accountId } = (await testUser(db)).actor;
    const processes = [db, connect(url, 5), connect(url, 5)];
    let effects = 0;
    const send = async (index: number): Promise<string> => {
      const by = processes[index % processes.length] ?? db;
      try {
        const work = () => Promise.resolve(Response.json(++effects, { status: 201 }));
        return await (await once(by, { accountId, key: "k", fingerprint: { known: "f" } }, work)).text();
      } catch (error) {
        if (error instanceof AppError && error.code === "conflict") return "1";
        throw error;
      }
    };
    const answers = await Promise.all(Array.from({ length: 100 }, (_one, index) => send(index)));
    expect(new Set(answers)).toEqual(new Set(["1"]));
    expect(effects).toBe(1);
    await Promise.all(processes.slice(1).map((one) => one.$disconnect()));
  });

  test("is refused with another body", async () => {
    await create("alice", "once");
    expect(await create("bob", "once")).toMatchObject({
      status: 409,
      body: { error: { code: "idempotency_mismatch" } },
    });
  });

  test("keeps no answer that money or time changes", async () => {
    const ctx = await testUser(db, { plan: "free" });
    caller = await testCaller(ctx);
    await create("alice", "face");
    const params = { face: "alice" };
    await caller.call(addText, { method: "POST", params, json: { content: "I love tea." } });
    const sync = (query = "") =>
      caller.call(startSync, { method: "POST", params, query, headers: { "idempotency-key": "sync" } });
    await db.account.update({ where: { id: ctx.actor.accountId }, data: { isFrozen: true } });
    expect((await sync()).status).toBe(402);
    await db.account.update({ where: { id: ctx.actor.accountId }, data: { isFrozen: false } });
    expect((await sync()).status).toBe(202);
    expect((await sync("?dry_run=true")).status).toBe(409);
  });

  test("replays an upload, and refuses another under its key", async () => {
    await create("alice", "face");
    const send = (text: string) => {
      const body = new FormData();
      body.set("file", new File([text], "a.txt"));
      const headers = { "idempotency-key": "upload" };
      return caller.call(upload, { method: "POST", params: { face: "alice" }, body, headers });
    };
    const long = "I love rain. ".repeat(20_000);
    const first = await send(long);
    expect(first.status).toBe(201);
    // every try has a boundary of its own
    const again = await send(long);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await send(`${long}x`)).toMatchObject({ status: 409, body: { error: { code: "idempotency_mismatch" } } });
  });

  test("tells files apart that are the body itself", async () => {
    const send = (name: string) => {
      const card = { spec: "chara_card_v2", spec_version: "2.0", data: { name, description: "Kind." } };
      return caller.call(importCard, { method: "POST", json: card, headers: { "idempotency-key": "card" } });
    };
    const first = await send("Alice");
    expect(first.status).toBe(201);
    expect(await send("Alice")).toMatchObject({ status: 201, body: first.body });
    expect(await send("Bob")).toMatchObject({ status: 409, body: { error: { code: "idempotency_mismatch" } } });
  });

  test("keeps no refusal of an upload, whose rest nobody reads", async () => {
    await create("alice", "face");
    const send = (name: string) => {
      const body = new FormData();
      body.set(name, new File(["I love tea."], "a.txt"));
      const headers = { "idempotency-key": "upload" };
      return caller.call(upload, { method: "POST", params: { face: "alice" }, body, headers });
    };
    expect((await send("wrong")).status).toBe(422);
    expect((await send("file")).status).toBe(201);
  });

  test("runs again when the process of the first has died, and not before", async () => {
    const ctx = await testUser(db);
    caller = await testCaller(ctx);
    const { accountId } = ctx.actor;
    const died = { accountId, key: "k", fingerprint: "", body: "a process that is no more" };
    await db.idempotencyRecord.create({
      data: { ...died, createdAt: new Date(Date.now() - (leaseSeconds - 10) * 1000) },
    });
    expect((await create("alice", "k")).status).toBe(409);
    await db.idempotencyRecord.updateMany({ data: { createdAt: new Date(Date.now() - (leaseSeconds + 1) * 1000) } });
    const answers = await Promise.all([1, 2, 3, 4].map(() => create("alice", "k")));
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    expect((await create("alice", "k")).status).toBe(201);
    expect(await db.face.count({ where: { accountId } })).toBe(1);
  });

  test("says that it is under way for as long as it is, and yields to whoever took over", async () => {
    const { accountId } = (await testUser(db)).actor;
    const input = { accountId, key: "k", fingerprint: { known: "f" } };
    const where = { accountId_key: { accountId, key: "k" } };
    const first = Promise.withResolvers<Response>();
    const running = once(db, input, () => first.promise);
    const record = () => db.idempotencyRecord.findUnique({ where });
    await vi.waitFor(async () => expect(await record()).not.toBeNull());
    const old = new Date(Date.now() - (leaseSeconds + 1) * 1000);
    await db.idempotencyRecord.update({ where, data: { createdAt: old } });
    await runningOnes().renew();
    await expect(once(db, input, () => Promise.resolve(Response.json(2)))).rejects.toMatchObject({ code: "conflict" });
    await db.idempotencyRecord.update({ where, data: { createdAt: old } });
    expect(await (await once(db, input, () => Promise.resolve(Response.json(2)))).json()).toBe(2);
    first.resolve(Response.json(1));
    await running;
    expect((await record())?.body).toBe("2");
  });

  test("answers a stream once: not again when it came to its end, anew when it broke off", async () => {
    const { accountId } = (await testUser(db)).actor;
    const input = { accountId, key: "k", fingerprint: { known: "f" } };
    let runs = 0;
    const stream = () => {
      runs++;
      const parts = ["a", "b"].map((part) => new TextEncoder().encode(part));
      const source = { next: () => Promise.resolve(parts.shift() ?? null), cancel: () => undefined };
      return Promise.resolve(new Response(streamOf(source), { headers: { "content-type": "text/event-stream" } }));
    };
    const left = (await once(db, input, stream)).body?.getReader();
    await left?.read();
    await expect(once(db, input, stream)).rejects.toThrow("still running");
    await left?.cancel();
    await vi.waitFor(async () => expect(await db.idempotencyRecord.count({ where: { accountId } })).toBe(0));
    expect(await (await once(db, input, stream)).text()).toBe("ab");
    await expect(once(db, input, stream)).rejects.toThrow("Send another Idempotency-Key");
    expect(runs).toBe(2);
  });

  test("belongs to the API key that sent it: its answer may be more than another may see", async () => {
    const ctx = await testUser(db);
    caller = await testCaller(ctx);
    await create("alice", "k");
    caller = await testCaller(ctx, { allowed_faces: ["bob"] });
    expect(await create("alice", "k")).toMatchObject({
      status: 409,
      body: { error: { code: "idempotency_mismatch" } },
    });
  });

  test("replays a refusal too, and takes the same key from another account as another key", async () => {
    const refused = await create("Not A Name", "k");
    expect(refused.status).toBe(422);
    expect((await create("Not A Name", "k")).body).toEqual(refused.body);
    caller = await testCaller(await testUser(db));
    expect((await create("alice", "k")).status).toBe(201);
  });
});
