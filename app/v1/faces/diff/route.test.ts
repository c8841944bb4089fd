import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as neighbors } from "@/app/v1/faces/[face]/neighbors/route";
import type { Ctx } from "@/lib/auth/context";
import { centroids } from "@/lib/compile/centroids";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { createFace } from "@/lib/faces/create-face";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { packVector, vectorDimensions } from "@/lib/models/vector";
import { GET as diff } from "./route";

const { db } = await testDatabase();
afterAll(() => closePool());

type Answer = { data: { pairs: { a: { username: string }; b: { username: string }; similarity: Similarity }[] } };
type Similarity = Record<"face" | "alpha" | "beta" | "delta" | "epsilon", number | null>;
type Nearby = { data: { neighbors: { username: string; similarity: Similarity }[] } };

/** A direction of the plane, in degrees. */
function turned(degrees: number): Uint8Array<ArrayBuffer> {
  const vector = new Float32Array(vectorDimensions);
  vector[0] = Math.cos((degrees * Math.PI) / 180);
  vector[1] = Math.sin((degrees * Math.PI) / 180);
  return packVector(vector);
}

let ctx: Ctx;
let caller: Awaited<ReturnType<typeof testCaller>>;
beforeAll(async () => {
  ctx = await testUser(db);
  caller = await testCaller(ctx);
  await face("alice", [
    ["beta", 0],
    ["delta", 0],
  ]);
  await face("bob", [
    ["beta", 60],
    ["delta", 10],
  ]);
  await face("carl", [["beta", 20]]);
  await face("empty", []);
});

/** A face whose primitives point into these directions; the centroids as a sync would have stored them. */
async function face(username: string, said: ["beta" | "delta", number][], of = ctx): Promise<string> {
  const { id } = await createFace(of, CreateFaceInput.parse({ username }));
  const members = said.map(([component, degrees]) => ({ component, vector: turned(degrees) }));
  await db.face.update({ where: { id }, data: { revision: 1, centroids: centroids(members) } });
  for (const { component, vector } of members) {
    const predicate = component === "beta" ? "likes" : "reasons";
    const statement = `I ${newId("statement").slice(-8)}.`;
    const kind = { component, predicate, polarity: "pos", statement, object: statement, confidence: 0.9 };
    const key = newId("primitive");
    await db.primitive.create({
      data: { ...kind, id: key, key, faceId: id, alternatives: [], vector, state: "active" },
    });
  }
  return id;
}

const compare = async (faces: string) => caller.call(diff, { query: `?faces=${encodeURIComponent(faces)}` });
const near = async (name: string, query = "") => caller.call(neighbors, { params: { face: name }, query });

describe("GET /v1/faces/diff", () => {
  test("tells the cosine of each pair in each component, null where one has nothing", async () => {
    const { status, body } = await compare("alice,bob, carl");
    expect(status).toBe(200);
    const { pairs } = (body as Answer).data;
    expect(pairs.map(({ a, b }) => [a.username, b.username])).toEqual([
      ["alice", "bob"],
      ["alice", "carl"],
      ["bob", "carl"],
    ]);
    const [first, second] = pairs;
    expect(first?.similarity.beta).toBeCloseTo(0.5, 2);
    expect(first?.similarity.delta).toBeCloseTo(Math.cos(Math.PI / 18), 2);
    expect(first?.similarity.alpha).toBeNull();
    expect(second?.similarity).toMatchObject({ delta: null, alpha: null, epsilon: null });
    expect(second?.similarity.face).toBeCloseTo(Math.cos(Math.PI / 9), 2);
  });

  test("compares a composite by the set that its formula makes, and anew when a part has changed", async () => {
    await createFace(ctx, CreateFaceInput.parse({ username: "mix", formula: "alice | bob" }));
    const before = (await compare("mix,alice")).body as Answer;
    expect(before.data.pairs[0]?.similarity.beta).toBeCloseTo(Math.cos(Math.PI / 6), 2);
    await db.primitive.updateMany({ where: { face: { username: "bob" } }, data: { isDisabled: true } });
    await db.face.updateMany({ where: { username: "bob" }, data: { revision: { increment: 1 } } });
    const after = (await compare("mix,alice")).body as Answer;
    expect(after.data.pairs[0]?.similarity).toEqual({ face: 1, alpha: null, beta: 1, delta: 1, epsilon: null });
    await db.primitive.updateMany({ data: { isDisabled: false } });
    await db.face.updateMany({ where: { username: "bob" }, data: { revision: { increment: 1 } } });
    await db.face.deleteMany({ where: { username: "mix" } });
  });

  test.each([
    ["", 422],
    ["alice", 422],
    ["alice,alice", 422],
    ["alice,,bob", 422],
    ["alice,nobody", 404],
    ["alice,stranger", 404],
    [Array.from({ length: 300 }, () => "alice").join(","), 422],
  ])("of %j answers %i", async (faces, status) => {
    const stranger = await testUser(db);
    await createFace(stranger, CreateFaceInput.parse({ username: "stranger" }));
    expect((await compare(faces)).status).toBe(status);
  });

  test("answers for somebody else's face as for one that is not there, and 422 without any", async () => {
    const foreign = await face("foreign", [["beta", 0]], await testUser(db));
    const [missing, others] = [await compare(`alice,${newId("face")}`), await compare(`alice,${foreign}`)];
    expect(others.status).toBe(404);
    expect(JSON.stringify(others.body).replaceAll(/(?:face|req)_\w+/g, "")).toBe(
      JSON.stringify(missing.body).replaceAll(/(?:face|req)_\w+/g, ""),
    );
    expect((await caller.call(diff)).status).toBe(422);
  });

  test("is refused to a key that is limited to one of them", async () => {
    const limited = await testCaller(ctx, { allowed_faces: ["alice"] });
    expect((await limited.call(diff, { query: "?faces=alice,bob" })).status).toBe(403);
  });
});

describe("GET /v1/faces/{face}/neighbors", () => {
  const names = (answer: { body: unknown }) => (answer.body as Nearby).data.neighbors.map(({ username }) => username);

  test("puts the most alike first, or the least, and leaves out who has nothing in the component", async () => {
    expect(names(await near("alice"))).toEqual(["carl", "bob"]);
    expect(names(await near("alice", "?direction=furthest"))).toEqual(["bob", "carl"]);
    expect(names(await near("alice", "?component=delta"))).toEqual(["bob"]);
    expect(names(await near("alice", "?k=1&component=beta"))).toEqual(["carl"]);
    expect(names(await near("carl", "?component=delta"))).toEqual([]);
    expect(names(await near("empty"))).toEqual([]);
  });

  test("answers the same when it is asked twice", async () => {
    expect((await near("bob")).body).toEqual((await near("bob")).body);
  });

  test("holds the composites too", async () => {
    await createFace(ctx, CreateFaceInput.parse({ username: "mix", formula: "bob" }));
    const { neighbors: found } = ((await near("bob")).body as Nearby).data;
    expect(found[0]).toMatchObject({ username: "mix", similarity: { face: 1, beta: 1, delta: 1, alpha: null } });
    await db.face.deleteMany({ where: { username: "mix" } });
  });

  test.each([
    ["alice", "?k=0", 422],
    ["alice", "?k=21", 422],
    ["alice", "?k=2.5", 422],
    ["alice", "?k=many", 422],
    ["alice", "?component=gamma", 422],
    ["alice", "?direction=up", 422],
    ["alice", "?k=20&component=epsilon&direction=furthest", 200],
    ["nobody", "", 404],
    ["foreign", "", 404],
  ])("of %s with %j answers %i", async (name, query, status) => {
    expect((await near(name, query)).status).toBe(status);
  });

  test("shows a limited key no other face", async () => {
    const limited = await testCaller(ctx, { allowed_faces: ["alice", "carl"] });
    expect(names(await limited.call(neighbors, { params: { face: "alice" } }))).toEqual(["carl"]);
    expect((await limited.call(neighbors, { params: { face: "bob" } })).status).toBe(403);
  });
});
