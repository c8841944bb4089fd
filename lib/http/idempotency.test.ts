import { beforeEach, describe, expect, test } from "vitest";
import { POST as addText } from "@/app/v1/faces/[face]/documents/route";
import { POST as startSync } from "@/app/v1/faces/[face]/sync/route";
import { POST as upload } from "@/app/v1/faces/[face]/upload/route";
import { GET as listFaces, POST as createFace } from "@/app/v1/faces/route";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "./testing";

const { db } = await testDatabase();
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

  test("tells two uploads apart", async () => {
    await create("alice", "face");
    const send = (text: string) => {
      const body = new FormData();
      body.set("file", new File([text], "a.txt"));
      return caller.call(upload, {
        method: "POST",
        params: { face: "alice" },
        body,
        headers: { "idempotency-key": "upload" },
      });
    };
    const [first, second] = [await send("I love tea."), await send("I love rain.")];
    expect(second.status).toBe(201);
    expect(second.body).not.toEqual(first.body);
  });

  test("replays a refusal too, and takes the same key from another account as another key", async () => {
    const refused = await create("Not A Name", "k");
    expect(refused.status).toBe(422);
    expect((await create("Not A Name", "k")).body).toEqual(refused.body);
    caller = await testCaller(await testUser(db));
    expect((await create("alice", "k")).status).toBe(201);
  });
});
