import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as upload } from "@/app/v1/faces/[face]/upload/route";
import { GET as listDocuments, POST as addDocument } from "@/app/v1/faces/[face]/documents/route";
import { GET as findings } from "@/app/v1/faces/[face]/findings/route";
import { GET as graph } from "@/app/v1/faces/[face]/graph/route";
import { POST as importUrl } from "@/app/v1/faces/[face]/import/route";
import { PATCH as patchPrimitive } from "@/app/v1/faces/[face]/primitives/[primitive]/route";
import { GET as primitives } from "@/app/v1/faces/[face]/primitives/route";
import { DELETE as remove, GET as read, PATCH as patch } from "@/app/v1/faces/[face]/route";
import { POST as search } from "@/app/v1/faces/[face]/search/route";
import { POST as sync } from "@/app/v1/faces/[face]/sync/route";
import { GET as threads } from "@/app/v1/faces/[face]/threads/route";
import { POST as restore } from "@/app/v1/faces/[face]/versions/[a]/restore/route";
import { GET as versions } from "@/app/v1/faces/[face]/versions/route";
import { GET as voice } from "@/app/v1/faces/[face]/voice/route";
import { POST as chat } from "@/app/v1/chat/completions/route";
import type { Ctx } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { voiceOf } from "@/lib/faces/parts";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { GET as list, POST as create } from "./route";

const { db } = await testDatabase();
afterAll(() => closePool());

let ctx: Ctx;
let caller: Awaited<ReturnType<typeof testCaller>>;
let ids: Record<string, string>;
const made: string[] = [];
beforeAll(async () => {
  ctx = await testUser(db);
  caller = await testCaller(ctx);
  for (const json of [{ username: "alice" }, { username: "bob" }, { username: "mix", formula: "alice | bob" }]) {
    const { status, body } = await caller.call(create, { method: "POST", json });
    expect(status).toBe(201);
    made.push((body as { data: { id: string } }).data.id);
  }
  ids = Object.fromEntries(["alice", "bob", "mix"].map((name, at) => [name, made[at] ?? ""]));
});

const of = (face: string, more: Record<string, string> = {}) => ({ params: { face, ...more } });

describe("a composite over HTTP", () => {
  test("tells its formula and parts, by name or id", async () => {
    for (const ref of ["mix", ids["mix"] ?? ""]) {
      expect((await caller.call(read, of(ref))).body).toMatchObject({
        data: {
          formula: "alice | bob",
          parts: [
            { id: ids["alice"], username: "alice" },
            { id: ids["bob"], username: "bob" },
          ],
          sync_status: "empty",
          profile_token_count: 0,
        },
      });
    }
  });

  test("answers 409 to what belongs to its parts, and reads like any other", async () => {
    const form = new FormData();
    form.append("file", new File(["I walk."], "a.txt", { type: "text/plain" }));
    const answers = [
      await caller.call(upload, { ...of("mix"), method: "POST", body: form }),
      await caller.call(addDocument, { ...of("mix"), method: "POST", json: { content: "I walk.", type: "document" } }),
      await caller.call(importUrl, { ...of("mix"), method: "POST", json: { url: "https://example.com/" } }),
      await caller.call(sync, { ...of("mix"), method: "POST" }),
      await caller.call(sync, { ...of("mix"), method: "POST", query: "?dry_run=true" }),
      await caller.call(patchPrimitive, {
        ...of("mix", { primitive: "prim_x" }),
        method: "PATCH",
        json: { pinned: true },
      }),
      await caller.call(remove, { ...of("alice"), method: "DELETE" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409, 409, 409]);
    expect(answers[0]?.body).toMatchObject({
      detail: "mix is made of other faces (alice | bob). Sources belong to alice and bob.",
    });
    for (const handler of [listDocuments, threads, primitives, graph, versions, findings, voice]) {
      expect((await caller.call(handler, of("mix"))).status).toBe(200);
    }
    expect((await caller.call(restore, { ...of("mix", { a: "1" }), method: "POST" })).status).toBe(404);
  });

  test("answers 422 for a formula that is none, saying where, and for a version of it in chat", async () => {
    for (const [formula, detail] of [
      ["alice | | bob", "The formula cannot be read: A face is missing before |, at character 9."],
      ["alice & mix", "The formula names mix at character 9, which is the face itself."],
      ["", "formula must not be empty."],
      [" ".repeat(9), "formula must not be empty."],
      [7, "formula must be a string."],
    ]) {
      const answer = await caller.call(patch, { ...of("mix"), method: "PATCH", json: { formula } });
      expect(answer).toMatchObject({ status: 422, body: { detail } });
    }
    const json = { model: "mix#1@builtin", messages: [{ role: "user", content: "Hello" }] };
    expect(await caller.call(chat, { method: "POST", json })).toMatchObject({ status: 422 });
  });

  test("may be all that a key is limited to: it reaches the parts through it alone", async () => {
    const limited = await testCaller(ctx, { allowed_faces: ["mix"] });
    const ask = { method: "POST", json: { query: "x" } };
    expect((await limited.call(search, { ...of("mix"), ...ask })).status).toBe(200);
    expect((await limited.call(search, { ...of("alice"), ...ask })).status).toBe(403);
    const json = { formula: "alice & bob" };
    const answer = await limited.call(patch, { ...of("mix"), method: "PATCH", json });
    expect(answer).toMatchObject({
      status: 403,
      body: { detail: "The formula names alice at character 1, which this API key may not use." },
    });
  });

  test("speaks like the leftmost part that it keeps something of and that has a voice", async () => {
    const [alice, bob] = [ids["alice"] ?? "", ids["bob"] ?? ""];
    const voiceOfFormula = async (formula: string) => {
      await caller.call(patch, { ...of("mix"), method: "PATCH", json: { formula } });
      return voiceOf(db, await db.face.findUniqueOrThrow({ where: { id: ids["mix"] ?? "" } }));
    };
    await db.face.update({ where: { id: bob }, data: { voice: { of: "bob" } } });
    expect(await voiceOfFormula("alice | bob")).toEqual({ of: "bob" });
    expect(await voiceOfFormula("alice - bob")).toBeNull();
    await db.face.update({ where: { id: alice }, data: { voice: { of: "alice" } } });
    expect(await voiceOfFormula("alice & bob")).toEqual({ of: "alice" });
    expect(await voiceOfFormula("alice | bob")).toEqual({ of: "alice" });
  });

  test("chats with the built-in engine", async () => {
    const json = { model: "mix@builtin", messages: [{ role: "user", content: "Hello, do you know ${alice}?" }] };
    expect((await caller.call(chat, { method: "POST", json })).status).toBe(200);
    const unknown = { ...json, messages: [{ role: "user", content: "And ${nobody}?" }] };
    expect((await caller.call(chat, { method: "POST", json: unknown })).status).toBe(422);
  });
});

describe("a cursor", () => {
  const handlers = { list, listDocuments, threads, primitives, graph, findings, versions };

  test.each(Object.entries(handlers))("of %s that is none is refused", async (_name, handler) => {
    for (const cursor of ["x", "1 OR 1=1", "%00", `${newId("job")}`, "-1"]) {
      const answer = await caller.call(handler, { ...of("alice"), query: `?cursor=${encodeURIComponent(cursor)}` });
      expect(answer).toMatchObject({ status: 422, body: { error: { param: "cursor" } } });
    }
  });

  test("that stands for something gone ends the list", async () => {
    for (const [handler, cursor] of [
      [primitives, newId("primitive")],
      [graph, newId("primitive")],
      [versions, "1"],
    ] as const) {
      for (const face of ["alice", "mix"]) {
        const { status, body } = await caller.call(handler, { ...of(face), query: `?cursor=${cursor}` });
        expect({ status, body }).toMatchObject({ status: 200, body: { has_more: false, next_cursor: null } });
      }
    }
  });
});

describe("POST /v1/faces/{face}/search", () => {
  test.each([
    [{}, 422],
    [{ query: "" }, 422],
    [{ query: "x", messages: [{ role: "user", content: "x" }] }, 422],
    [{ messages: [] }, 422],
    [{ query: "x", k: 0 }, 422],
    [{ query: "x", k: 51 }, 422],
    [{ query: "x", k: 1.5 }, 422],
    [{ query: "x", token_budget: 0 }, 422],
    [{ query: "x", token_budget: 20_001 }, 422],
    [{ query: "x".repeat(20_001) }, 422],
    [{ query: "x", k: 50, token_budget: 20_000 }, 200],
    [{ messages: [{ role: "user", content: [{ type: "text", text: "x" }, { type: "image_url" }] }] }, 200],
    [{ messages: [{ role: "assistant", content: null }] }, 200],
  ])("of %j answers %i", async (json, status) => {
    for (const face of ["alice", "mix"]) {
      expect((await caller.call(search, { ...of(face), method: "POST", json })).status).toBe(status);
    }
  });

  test("answers for somebody else's face as for a missing one", async () => {
    const stranger = await testCaller(await testUser(db));
    const answers = [];
    for (const face of [ids["mix"] ?? "", newId("face")]) {
      answers.push(await stranger.call(search, { ...of(face), method: "POST", json: { query: "x" } }));
    }
    const bodies = answers.map(({ status, body }) => JSON.stringify({ status, body }).replaceAll(/req_\w+/g, ""));
    expect(answers[0]?.status).toBe(404);
    expect(bodies[0]).toBe(bodies[1]);
  });
});
