import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { createFace } from "@/lib/faces/create-face";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { packVector } from "@/lib/models/vector";
import { PATCH as patch } from "./[face]/route";
import { POST as create } from "./route";

const { db } = await testDatabase();
afterAll(() => closePool());

let ctx: Ctx;
let caller: Awaited<ReturnType<typeof testCaller>>;
const make = async (username: string, formula?: string) =>
  (await createFace(ctx, CreateFaceInput.parse({ username, formula }))).id;

/** A primitive with a direction of its own, so that nothing but the same words means the same. */
async function say(faceId: string, object: string, axis: number): Promise<void> {
  const vector = new Float32Array(512);
  vector[axis] = 1;
  await db.primitive.create({
    data: {
      ...{ id: newId("primitive"), faceId, key: `${faceId} ${object}`, component: "beta", predicate: "likes" },
      ...{
        polarity: "pos",
        statement: `I love ${object}.`,
        object,
        confidence: 0.9,
        alternatives: [],
        state: "active",
      },
      vector: Buffer.from(packVector(vector)),
    },
  });
}

beforeAll(async () => {
  ctx = await testUser(db, { plan: "free" });
  caller = await testCaller(ctx);
  const [alice, bob] = [await make("alice"), await make("bob")];
  await make("mix", "alice | bob");
  await say(alice, "rain", 1);
  await say(alice, "tea", 2);
  await say(bob, "rain", 1);
  await say(bob, "crowds", 3);
});

const preview = (json: object) => caller.call(create, { method: "POST", json, query: "?dry_run=true" });

describe("a dry run", () => {
  test("tells what the face would hold and who says it, and makes nothing", async () => {
    const before = await db.face.count();
    const { status, body } = await preview({ username: "both", formula: "alice & bob" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      data: {
        formula: "alice & bob",
        parts: [
          { username: "alice", statements: 2, kept: 1 },
          { username: "bob", statements: 2, kept: 1 },
        ],
        component_counts: { alpha: 0, beta: 1, delta: 0, epsilon: 0 },
        statements: [{ component: "beta", statement: "I love rain.", said_by: ["alice", "bob"] }],
        is_username_taken: false,
        faces_left: 7,
      },
    });
    expect(await db.face.count()).toBe(before);
  });

  test("of a face without a formula tells whether its username is free", async () => {
    expect((await preview({ username: "alice" })).body).toMatchObject({ data: { is_username_taken: true, parts: [] } });
  });

  test("of a change leaves the face as it is, and refuses the face itself as its part", async () => {
    const change = (formula: string, face = "mix") =>
      caller.call(patch, { method: "PATCH", params: { face }, json: { formula }, query: "?dry_run=true" });
    expect((await change("alice - bob")).body).toMatchObject({
      data: { component_counts: { beta: 1 }, statements: [{ statement: "I love tea.", said_by: ["alice"] }] },
    });
    expect((await db.face.findFirst({ where: { username: "mix" } }))?.formula).toContain("|");
    expect((await change("mix | bob")).status).toBe(422);
    expect((await change("alice | bob", "nobody")).status).toBe(404);
  });

  test.each([
    ["alice || bob", "Operators stand between spaces, unlike in ||, at character 7"],
    ["alice | carol", "names carol at character 9"],
    ["alice | mix", "made by a formula itself"],
  ])("says what is wrong with %s", async (formula, words) => {
    const { status, body } = await preview({ username: "new", formula });
    expect([status, (body as { detail: string }).detail]).toEqual([422, expect.stringContaining(words)]);
  });

  test("looks at nobody else's faces", async () => {
    const other = await testCaller(await testUser(db));
    const json = { username: "new", formula: "alice | bob" };
    expect((await other.call(create, { method: "POST", json, query: "?dry_run=true" })).status).toBe(422);
  });
});
