import { describe, expect, test } from "vitest";
import { GET as readFace } from "@/app/v1/faces/[face]/route";
import { GET as listFaces, POST as createFace } from "@/app/v1/faces/route";
import { POST as createKey } from "@/app/v1/api-keys/route";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import { createKey as makeKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";

const { db } = await testDatabase();

describe("an API key that is limited to one face", () => {
  test("sees that face alone and makes no other", async () => {
    const ctx = await testUser(db);
    const owner = await testCaller(ctx);
    for (const username of ["alice", "bob"]) await owner.call(createFace, { method: "POST", json: { username } });
    const limited = await testCaller(ctx, { allowed_faces: ["alice"] });
    const list = (await limited.call(listFaces)).body as { data: { username: string }[] };
    expect(list.data.map(({ username }) => username)).toEqual(["alice"]);
    expect((await limited.call(readFace, { params: { face: "bob" } })).status).toBe(403);
    expect((await limited.call(createFace, { method: "POST", json: { username: "eve" } })).status).toBe(403);
  });
});

describe("making a key with an Idempotency-Key", () => {
  test("never writes the key down, and says so when it is asked for again", async () => {
    const ctx = await testUser(db);
    const { key } = await makeKey(ctx, CreateKeyInput.parse({ name: "keys", scopes: ["keys"] }));
    const post = () =>
      createKey(
        new Request("http://faces.test/v1/api-keys", {
          method: "POST",
          headers: { authorization: `Bearer ${key}`, "idempotency-key": "k", "content-type": "application/json" },
          body: JSON.stringify({ name: "secret" }),
        }),
        { params: Promise.resolve({}) },
      );
    const first = (await (await post()).json()) as { data: { key: string } };
    expect(first.data.key).toMatch(/^sk-faces-/);
    expect((await post()).status).toBe(409);
    const kept = await db.idempotencyRecord.findMany({ where: { accountId: ctx.actor.accountId } });
    expect(JSON.stringify(kept)).not.toContain(first.data.key);
  });
});

describe("words for what is wrong", () => {
  test.each([
    [{}, "username is missing."],
    [{ username: "A B" }, "username may hold lower-case letters, digits and dashes only."],
    [{ username: "diff" }, "username is a word that Faces needs itself."],
    [{ username: "x", name: 7 }, "name must be a string."],
    [{ username: "x", aliases: Array(30).fill("a") }, "aliases must be at most 20 items long."],
    [{ username: "x", default_model: "gpt-none" }, "The model gpt-none is not served here. Served: builtin."],
  ])("%j: %s", async (json, detail) => {
    const caller = await testCaller(await testUser(db));
    const answer = await caller.call(createFace, { method: "POST", json });
    expect(answer).toMatchObject({ status: 422, body: { detail } });
  });
});
