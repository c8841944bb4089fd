import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { DELETE as removePicture, PUT as setPicture } from "@/app/v1/faces/[face]/picture/route";
import { GET as readFace } from "@/app/v1/faces/[face]/route";
import { GET as listFaces } from "@/app/v1/faces/route";
import { DELETE as remove, GET as readOne, PATCH as mark } from "@/app/v1/portraits/[portrait]/route";
import { POST as upscale } from "@/app/v1/portraits/[portrait]/upscale/route";
import { GET as listOrders } from "@/app/v1/portraits/orders/route";
import { GET as list } from "@/app/v1/portraits/route";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { createFace } from "@/lib/faces/create-face";
import type { FaceView } from "@/lib/faces/schemas";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { testTune } from "./order-testing";
import type { OrderView, PortraitView } from "./portrait-schemas";

process.env["FACES_DATA_DIR"] = mkdtempSync(join(tmpdir(), "faces-portraits-"));
const { db } = await testDatabase();

let ctx: Ctx;
let caller: Awaited<ReturnType<typeof testCaller>>;
let ada: number;
let ben: number;

beforeEach(async () => {
  ctx = await testUser(db);
  caller = await testCaller(ctx);
  const face = async (username: string) => (await createFace(ctx, { username, aliases: [], basic_facts: "" })).id;
  ada = await testTune(ctx, { title: "Ada", faceId: await face("ada") });
  ben = await testTune(ctx, { title: "Ben", faceId: await face("ben") });
});

/** An order that was made. @returns the ids of its portraits */
async function made(
  tunes: number[],
  more: { engine?: string; count?: number; options?: object; inputKey?: string; isMock?: boolean } = {},
) {
  const { engine = "studio", count = 1, options = {}, inputKey = null, isMock = false } = more;
  const ids = Array.from({ length: count }, () => newId("portrait"));
  const text = tunes.map((id) => `<faceid:${id}:1>`).join(" and ");
  await db.prompt.create({
    data: {
      ...{
        accountId: ctx.actor.accountId,
        tuneId: tunes[0] ?? 1,
        text: `${text} in the alps`,
        options,
        engine,
        inputKey,
        isMock,
      },
      ...{ seed: 7n, width: 768, height: 960, count, status: "done" },
      references: { create: tunes.map((tuneId, position) => ({ position, tuneId, strength: 1 })) },
      portraits: {
        create: ids.map((id, position) => ({
          ...{ id, position, storageKey: `portraits/made/${id}`, mimeType: "image/png", width: 768, height: 960 },
          ...{ byteSize: 9, seed: BigInt(7 + position), identityScore: 0.5 },
        })),
      },
    },
  });
  return ids;
}

const views = async (query = "") => {
  const { body } = await caller.call(list, { query });
  return body as { data: PortraitView[]; has_more: boolean; next_cursor: string | null };
};
const idsOf = async (query = "") => (await views(query)).data.map(({ id }) => id);
const call = async (handler: Parameters<typeof caller.call>[0], portrait: string, method: string, json?: object) => {
  const { status, body } = await caller.call(handler, {
    method,
    params: { portrait },
    ...(json === undefined ? {} : { json }),
  });
  return { status, data: (body as { data: PortraitView }).data, detail: (body as { detail: string }).detail };
};

describe("the gallery", () => {
  test("has all portraits, newest first, by face, engine and favourite, page by page", async () => {
    const first = await made([ada], { count: 2 });
    const second = await made([ben], { engine: "paid/model" });
    const third = await made([ben, ada]);
    const all = [...first, ...second, ...third].toReversed();
    expect(await idsOf()).toEqual(all);
    expect(await idsOf("?face=ada")).toEqual([...third, ...first.toReversed()]);
    expect(await idsOf("?engine=paid%2Fmodel")).toEqual(second);
    await call(mark, String(first[0]), "PATCH", { is_favourite: true });
    expect(await idsOf("?favourite=true")).toEqual([first[0]]);
    expect(await idsOf("?favourite=true&face=ben")).toEqual([]);
    const page = await views("?limit=3");
    expect([page.data.length, page.has_more]).toEqual([3, true]);
    expect(await idsOf(`?limit=3&cursor=${page.next_cursor}`)).toEqual(all.slice(3));
    expect((await caller.call(list, { query: "?face=nobody" })).status).toBe(404);
    expect((await caller.call(list, { query: "?cursor=x" })).status).toBe(422);
  });

  test("shows each with its people and signed addresses of this host", async () => {
    const [id = ""] = await made([ada, ben]);
    const { data } = await call(readOne, id, "GET");
    expect(data).toMatchObject({
      face: { username: "ada" },
      tunes: [{ title: "Ada" }, { title: "Ben" }],
      seed: 7,
      identity_score: 0.5,
    });
    expect(data.url).toMatch(/^\/files\/portraits\/por_\w+\?expires=/);
    expect(data.small_url).toContain("size=small");
  });

  test("is nobody else's, and with a limited key only that of its faces", async () => {
    const [id = ""] = await made([ada]);
    const [both = ""] = await made([ada, ben]);
    caller = await testCaller(ctx, { allowed_faces: ["ada"] });
    expect(await idsOf()).toEqual([id]);
    expect((await call(readOne, both, "GET")).status).toBe(404);
    caller = await testCaller(await testUser(db));
    expect(await idsOf()).toEqual([]);
    for (const [handler, method, json] of [
      [readOne, "GET"],
      [mark, "PATCH", { is_favourite: true }],
      [remove, "DELETE"],
      [upscale, "POST"],
    ] as const) {
      expect((await call(handler, id, method, json)).status).toBe(404);
    }
  });

  test("deletes one with its files, and the order with its last", async () => {
    const [one = "", other = ""] = await made([ada], { count: 2 });
    expect((await call(remove, one, "DELETE")).status).toBe(200);
    expect(await db.orphanedObject.count({ where: { key: { startsWith: `portraits/made/${one}` } } })).toBe(2);
    expect(await db.prompt.count({ where: { accountId: ctx.actor.accountId } })).toBe(1);
    await Promise.all([call(remove, other, "DELETE"), call(remove, other, "DELETE")]);
    expect(await db.prompt.count({ where: { accountId: ctx.actor.accountId } })).toBe(0);
    expect((await call(remove, one, "DELETE")).status).toBe(404);
  });
});

describe("a face's picture", () => {
  const put = async (face: string, portrait: string) => {
    const { status, body } = await caller.call(setPicture, {
      method: "PUT",
      params: { face },
      json: { portrait_id: portrait },
    });
    return { status, face: (body as { data: FaceView }).data, detail: (body as { detail: string }).detail };
  };

  test("is one of its portraits, is on all its views, and goes with the portrait", async () => {
    const [id = ""] = await made([ada]);
    expect((await put("ada", id)).face.picture).toMatchObject({
      portrait_id: id,
      small_url: expect.stringContaining("size=small"),
    });
    const faces = ((await caller.call(listFaces)).body as { data: FaceView[] }).data;
    expect(faces.map(({ username, picture }) => [username, picture?.portrait_id ?? null]).toSorted()).toEqual([
      ["ada", id],
      ["ben", null],
    ]);
    expect((await call(readOne, id, "GET")).data.is_picture).toBe(true);
    await call(remove, id, "DELETE");
    const { body } = await caller.call(readFace, { params: { face: "ada" } });
    expect((body as { data: FaceView }).data.picture).toBeNull();
  });

  test("can be taken away; the portrait stays", async () => {
    const [id = ""] = await made([ada]);
    await put("ada", id);
    const { body } = await caller.call(removePicture, { method: "DELETE", params: { face: "ada" } });
    expect((body as { data: FaceView }).data.picture).toBeNull();
    expect(await idsOf()).toEqual([id]);
  });

  test("is nobody else's: another face's, a stranger's, a placeholder, one that is another's already", async () => {
    const [id = ""] = await made([ada]);
    expect((await put("ben", id)).detail).toBe("This portrait is of none of this face's tunes.");
    const [mock = ""] = await made([ada], { isMock: true });
    expect((await put("ada", mock)).status).toBe(422);
    const [both = ""] = await made([ada, ben]);
    expect((await put("ada", both)).status).toBe(200);
    expect(await put("ben", both)).toMatchObject({
      status: 409,
      detail: "This portrait is the picture of ada already.",
    });
    expect((await put("ada", newId("portrait"))).status).toBe(404);
    caller = await testCaller(await testUser(db));
    expect((await put("ada", id)).status).toBe(404);
  });
});

describe("a larger one", () => {
  test("is ordered with the same text, people, engine, seed and size", async () => {
    const [, second = ""] = await made([ada], { count: 2, options: { style: "film", face_correct: true } });
    const { status, data } = await call(upscale, second, "POST");
    expect([status, data]).toMatchObject([
      201,
      {
        seed: 8,
        count: 1,
        width: 768,
        height: 960,
        style: "film",
        face_correct: true,
        super_resolution: true,
        status: "queued",
      },
    ]);
    const orders = ((await caller.call(listOrders, { query: "?face=ada" })).body as { data: OrderView[] }).data;
    expect(orders.map(({ status: one }) => one)).toEqual(["queued", "done"]);
    expect(((await caller.call(listOrders, { query: "?face=ben" })).body as { data: OrderView[] }).data).toEqual([]);
  });

  test("is not made of one that is large, or that was made of an image", async () => {
    const [large = ""] = await made([ada], { options: { super_resolution: true } });
    const [changed = ""] = await made([ada], { inputKey: "portraits/inputs/x" });
    expect((await call(upscale, large, "POST")).status).toBe(409);
    expect((await call(upscale, changed, "POST")).status).toBe(409);
  });
});

test("orders come page by page", async () => {
  for (let n = 0; n < 3; n++) await made([ada]);
  const page = (await caller.call(listOrders, { query: "?limit=2" })).body as {
    data: OrderView[];
    next_cursor: string;
  };
  const rest = (await caller.call(listOrders, { query: `?limit=2&cursor=${page.next_cursor}` })).body as {
    data: OrderView[];
    next_cursor: null;
  };
  expect([page.data.length, rest.data.length, rest.next_cursor]).toEqual([2, 1, null]);
});
