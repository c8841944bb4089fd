import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { DELETE as deleteNested, GET as readNested } from "@/app/tunes/[id]/prompts/[prompt]/route";
import { GET as listNested, POST as send } from "@/app/tunes/[id]/prompts/route";
import { DELETE as deleteOne, GET as readOne } from "@/app/prompts/[prompt]/route";
import { GET as listAll } from "@/app/prompts/route";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { createFace } from "@/lib/faces/create-face";
import { testCaller } from "@/lib/http/testing";
import { JobNotifications } from "@/lib/jobs/job-notifications";
import { smallKeyOf } from "@/lib/storage/signed-file";
import { store } from "@/lib/storage/store";
import { makeAll, testTune } from "./order-testing";
import type { PromptView } from "./prompt-schemas";

process.env["FACES_DATA_DIR"] = mkdtempSync(join(tmpdir(), "faces-prompts-"));
const { db, url } = await testDatabase();
const notifications = new JobNotifications(url);
afterAll(() => notifications.close());

/** Astria's Realistic Vision: a number that means nothing here. */
const base = "690204";

let ctx: Ctx;
let caller: Awaited<ReturnType<typeof testCaller>>;
let tune: number;

beforeEach(async () => {
  ctx = await testUser(db);
  caller = await testCaller(ctx);
  tune = await testTune(ctx, { branch: "fast" });
});

type Sent = { status: number; body: PromptView & { message: string; errors: Record<string, string[]> } };

const answer = async (promise: Promise<{ status: number; body: unknown }>) => (await promise) as Sent;
const post = (fields: object, id = base) =>
  answer(caller.call(send, { method: "POST", params: { id }, json: { prompt: fields } }));
const form = (fields: Record<string, string | Blob>, id = base) => {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) body.set(key, value);
  return answer(caller.call(send, { method: "POST", params: { id }, body }));
};
const text = (more = "woman trekking in the alps") => `<faceid:${tune}:1> ${more}`;
const read = async (prompt: number) =>
  (await caller.call(readOne, { params: { prompt: String(prompt) } })).body as PromptView;

describe("POST /tunes/{id}/prompts", () => {
  test("takes the seed's form, and answers in Astria's order", async () => {
    const { status, body } = await form({
      "prompt[text]": text(),
      "prompt[negative_prompt]": "",
      "prompt[super_resolution]": "true",
      "prompt[face_correct]": "True",
      "prompt[face_swap]": "1",
      "prompt[callback]": "https://optional-callback-url.com/to-your-service-when-ready?prompt_id=1",
    });
    expect(status).toBe(201);
    expect(Object.keys(body).slice(0, 20).join(" ")).toBe(
      "id callback text negative_prompt cfg_scale steps seed super_resolution ar num_images controlnet_conditioning_scale controlnet_txt2img denoising_strength trained_at started_training_at created_at updated_at tune_id url images",
    );
    expect(body).toMatchObject({
      ...{ text: text(), negative_prompt: "", super_resolution: true, face_correct: true, face_swap: true },
      ...{ callback: "https://optional-callback-url.com/to-your-service-when-ready?prompt_id=1" },
      ...{
        ar: "4:5",
        num_images: 1,
        tune_id: 690204,
        images: [],
        user_error: null,
        trained_at: null,
        status: "queued",
      },
    });
    expect(body.url).toMatch(new RegExp(`/tunes/690204/prompts/${body.id}\\.json$`));
    expect(body.seed).toBeGreaterThanOrEqual(0);
  });

  test("takes urlencoded and JSON, with strings for numbers and booleans", async () => {
    const fields = { text: text(), num_images: "3", seed: "4294967295", w: "512", h: "640", cfg_scale: "7.5" };
    const urlencoded = await answer(
      caller.call(send, {
        method: "POST",
        params: { id: base },
        body: new URLSearchParams(Object.entries(fields).map(([key, value]) => [`prompt[${key}]`, value])),
      }),
    );
    for (const { status, body } of [
      urlencoded,
      await post(fields),
      await post({ ...fields, num_images: 3, seed: 4294967295 }),
    ]) {
      expect(status).toBe(201);
      expect(body).toMatchObject({ num_images: 3, seed: 4294967295, w: 512, h: 640, cfg_scale: 7.5, ar: "4:5" });
    }
  });

  test("says which shape and size come", async () => {
    const size = async (fields: object) => {
      const { body } = await post({ text: text(), ...fields });
      return [body.w, body.h, body.ar];
    };
    expect(await size({})).toEqual([768, 960, "4:5"]);
    expect(await size({ aspect_ratio: "1:1" })).toEqual([856, 856, "1:1"]);
    expect(await size({ ar: "16:9" })).toEqual([1144, 640, "16:9"]);
    expect(await size({ w: 512 })).toEqual([512, 640, "4:5"]);
    expect(await size({ h: 512, aspect_ratio: "2:1" })).toEqual([1024, 512, "2:1"]);
    expect(await size({ w: 512, h: 512, aspect_ratio: "4:5" })).toEqual([512, 512, "1:1"]);
  });

  test("strips flags and leaves unknown fields alone, and says both", async () => {
    const { body } = await post({
      text: text("in the alps --tiled_upscale --ar 4:5"),
      film_grain: "true",
      scheduler: "euler_a",
    });
    expect(body.notes.join(" ")).toContain("--tiled_upscale, --ar 4:5");
    expect(body.notes.join(" ")).toContain("film_grain, scheduler");
    expect(body.ignored.map(({ words }) => words)).toEqual(["--tiled_upscale", "--ar 4:5"]);
  });

  test("letters of two halves are never cut in two, and nothing in a title means anything else", async () => {
    const long = `${"x".repeat(59)}😀`;
    const { status, body } = await post({ text: text(`--mask_prompt ${long}`), [long]: "1" });
    expect(status).toBe(201);
    expect(body.ignored[0]?.words).toBe(`--mask_prompt ${long}`);
    await testTune(ctx, { title: "Wild_Card" });
    for (const title of ["wildxcard", "wild%", "%", "wild\\", "wild\\_card"]) {
      expect((await post({ text: `<faceid:${title}:1> x` })).body.message).toContain("No tune of yours is called");
    }
    expect((await post({ text: "<faceid:wild_card:1> x" })).status).toBe(201);
  });

  test("a tune in the path is the person where the text names nobody", async () => {
    const { status, body } = await post({ text: "woman trekking in the alps" }, String(tune));
    expect(status).toBe(201);
    expect(body.notes.join(" ")).toContain(`it was taken to be about tune ${tune}`);
    expect((await post({ text: "woman trekking in the alps" })).status).toBe(422);
  });

  test("a person may be called by the title of a tune", async () => {
    await testTune(ctx, { title: "John Doe", branch: "fast" });
    expect((await post({ text: "<faceid:john doe> in the alps" })).status).toBe(201);
    await testTune(ctx, { title: "John Doe" });
    expect((await post({ text: "<faceid:john doe> in the alps" })).body.message).toContain("Several tunes");
  });

  test.each([
    [{}, "text", "prompt.text is missing."],
    [{ text: "" }, "text", "prompt.text is missing."],
    [{ text: "<faceid:tune_id:strength> woman trekking in the alps" }, "text", /put the tune's number in/],
    [{ text: "<faceid:999999:1> x" }, "text", "Tune 999999 was not found among yours."],
    [{ text: "<faceid:99999999999999999999:1> x" }, "text", /was not found among yours/],
    [{ text: "<lora:1:1> x" }, "text", /names nobody/],
    [{ text: "TUNE <lora:detail:1> x" }, "text", /names a LoRA, “detail”/],
    [{ text: "TUNE x", num_images: 9 }, "num_images", /from 1 to 8/],
    [{ text: "TUNE x", num_images: "0" }, "num_images", /from 1 to 8/],
    [{ text: "TUNE x", seed: -1 }, "seed", /from 0 to 4294967295/],
    [{ text: "TUNE x", seed: "abc" }, "seed", /from 0/],
    [{ text: "TUNE x", w: 100 }, "w", /from 256 to 2048/],
    [{ text: "TUNE x", w: 500 }, "w", /multiple of 8/],
    [{ text: "TUNE x", aspect_ratio: "1:9" }, "aspect_ratio", /between 1:3 and 3:1/],
    [{ text: "TUNE x", aspect_ratio: "wide" }, "aspect_ratio", /shape such as 4:5/],
    [{ text: "TUNE x", super_resolution: "perhaps" }, "super_resolution", /must be true or false/],
    [{ text: "TUNE x", denoising_strength: 2 }, "denoising_strength", /from 0 to 1/],
    [{ text: "TUNE x", engine: "dalle" }, "engine", /Available: studio/],
    [{ text: "TUNE x", callback: "ftp://example.com/told" }, "callback", /callback/],
    [{ text: "TUNE x", input_image_url: "http://169.254.169.254/latest" }, "input_image_url", /input_image_url/],
    [{ text: "TUNE x", input_image_url: "file:///etc/passwd" }, "input_image_url", /input_image_url/],
    [{ text: "TUNE x", mask_image_url: "http://localhost/x" }, "mask_image_url", /mask_image_url/],
    [{ text: "TUNE x", input_image: "a string" }, "input_image", /must be a file of the form/],
    [{ text: ["TUNE"] }, "text", /prompt\.text/],
    [{ text: `TUNE ${"x".repeat(5_000)}` }, "text", /at most 5000/],
  ])("%j is refused in Astria's shape", async (fields, field, message) => {
    const told = JSON.parse(JSON.stringify(fields).replaceAll("TUNE", `<faceid:${tune}:1>`)) as object;
    const { status, body } = await post(told);
    expect({ status, errors: Object.keys(body.errors ?? {}), fields }).toEqual({
      status: 422,
      errors: [field],
      fields,
    });
    expect(body.message).toMatch(message);
    expect(body).toMatchObject({ error: body.message });
  });

  test("refuses foreign, expired and other tunes, the foreign ones like missing ones", async () => {
    const stranger = await testUser(db);
    const foreign = await testTune(stranger);
    const expired = await testTune(ctx, { expiresAt: new Date(Date.now() - 1000) });
    const lora = await testTune(ctx, { modelType: "lora" });
    const about = async (id: number) => (await post({ text: `<faceid:${id}:1> x` })).body.message;
    expect(await about(foreign)).toBe(`Tune ${foreign} was not found among yours.`);
    expect(await about(expired)).toContain("has expired");
    expect(await about(lora)).toContain("of the type lora, not faceid");
  });

  test("a key that is limited to faces sees tunes of these alone, and their prompts", async () => {
    const face = await createFace(ctx, { username: "ada", aliases: [], basic_facts: "" });
    const mine = await testTune(ctx, { faceId: face.id, branch: "fast" });
    const hidden = (await post({ text: text() })).body.id;
    const expired = await testTune(ctx, { expiresAt: new Date(Date.now() - 1000) });
    caller = await testCaller(ctx, { allowed_faces: ["ada"] });
    expect((await post({ text: `<faceid:${expired}:1> x` })).body.message).toContain("was not found among yours");
    expect((await post({ text: text() })).status).toBe(422);
    const { body } = await post({ text: `<faceid:${mine}:1> x` });
    const list = (await caller.call(listAll)).body as PromptView[];
    expect(list.map(({ id }) => id)).toEqual([body.id]);
    expect((await caller.call(readOne, { params: { prompt: String(hidden) } })).status).toBe(404);
  });

  test("refuses what is no image, two large files and too many orders at once", async () => {
    const bad = await form({
      "prompt[text]": text(),
      "prompt[input_image]": new Blob(["<svg/>"], { type: "image/png" }),
    });
    expect([bad.status, bad.body.errors]).toEqual([422, { input_image: ["input_image is no JPEG, PNG or WebP."] }]);
    const mask = await form({ "prompt[text]": text(), "prompt[mask_image]": new Blob([png()]) });
    expect([mask.status, Object.keys(mask.body.errors)]).toEqual([422, ["mask_image"]]);
    const large = new Blob([new Uint8Array(20 * 1024 * 1024 + 1)]);
    expect((await form({ "prompt[text]": text(), "prompt[input_image]": large })).status).toBe(413);
    const kept = await form({
      "prompt[text]": text(),
      "prompt[input_image]": new Blob([png()]),
      "prompt[mask_image]": new Blob([png()]),
    });
    expect(kept.status).toBe(201);
    const row = await db.prompt.findUniqueOrThrow({ where: { id: kept.body.id } });
    expect(await store().exists(String(row.inputKey))).toBe(true);
    expect(await db.orphanedObject.count({ where: { key: { in: [String(row.inputKey), String(row.maskKey)] } } })).toBe(
      0,
    );
    const all = await Promise.all(Array.from({ length: 25 }, () => post({ text: text() })));
    const statuses = all.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(19);
    expect(statuses.filter((status) => status === 429)).toHaveLength(6);
  });
});

/** The first bytes of one, which is all that is looked at before it is made. */
function png(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(40)]));
}

describe("the mock mode", () => {
  test("gives labelled placeholders, free, and tells the callback", async () => {
    const { body } = await post({
      text: text(),
      num_images: 2,
      seed: 4294967295,
      callback: "https://example.com/told?prompt_id=1",
    });
    await makeAll(ctx, url, notifications);
    const done = await read(body.id);
    expect(done).toMatchObject({ status: "done", user_error: null, identity_scores: [null, null], cost_usd: 0 });
    expect(done.trained_at).not.toBeNull();
    expect(done.notes.join(" ")).toContain("placeholders");
    expect(done.images).toHaveLength(2);
    expect(done.images[0]).toMatch(/^https?:\/\/[^/]+\/files\/portraits\/por_[0-9a-z]{26}\?expires=\d+&signature=/);
    const rows = await db.portrait.findMany({ where: { promptId: body.id }, orderBy: { position: "asc" } });
    expect(rows.map(({ seed }) => seed)).toEqual([4294967295n, 0n]);
    for (const { storageKey } of rows) {
      expect([await store().exists(storageKey), await store().exists(smallKeyOf(storageKey))]).toEqual([true, true]);
    }
    expect(await db.orphanedObject.count({ where: { key: { in: rows.map((row) => row.storageKey) } } })).toBe(0);
    expect(await db.callbackDelivery.findMany({ where: { accountId: ctx.actor.accountId } })).toMatchObject([
      { kind: "prompt", subjectId: body.id, url: "https://example.com/told?prompt_id=1", status: "waiting" },
    ]);
    expect(await db.usageRecord.count({ where: { accountId: ctx.actor.accountId } })).toBe(0);
  });
});

describe("GET and DELETE", () => {
  test("page newest first, by before_id and a shallow offset, in both paths", async () => {
    const ids: number[] = [];
    for (let n = 0; n < 4; n++) ids.unshift((await post({ text: text() }, n % 2 === 0 ? base : String(tune))).body.id);
    const list = async (query: string) =>
      ((await caller.call(listAll, { query })).body as PromptView[]).map(({ id }) => id);
    expect(await list("")).toEqual(ids);
    expect(await list("?limit=2")).toEqual(ids.slice(0, 2));
    expect(await list(`?limit=2&before_id=${ids[1]}`)).toEqual(ids.slice(2));
    expect(await list("?offset=3")).toEqual(ids.slice(3));
    const deep = await answer(caller.call(listAll, { query: "?offset=100000" }));
    expect([deep.status, deep.body.message]).toEqual([400, expect.stringContaining("before_id")]);
    expect((await caller.call(listAll, { query: "?limit=121" })).status).toBe(422);
    const under = async (id: string) =>
      ((await caller.call(listNested, { params: { id } })).body as PromptView[]).length;
    // those that name the tune belong to it too
    expect([await under(base), await under(String(tune)), await under("5"), await under("x")]).toEqual([2, 4, 0, 0]);
  });

  test("unknown, foreign and misplaced ones are not found, in Astria's shape", async () => {
    const { id } = (await post({ text: text() })).body;
    const stranger = await testCaller(await testUser(db));
    for (const [who, params] of [
      [stranger, { prompt: String(id) }],
      [caller, { prompt: "999999" }],
      [caller, { prompt: "abc" }],
      [caller, { prompt: "99999999999999999999" }],
    ] as const) {
      const found = await answer(who.call(readOne, { params }));
      expect([found.status, found.body.message]).toEqual([404, "The prompt was not found."]);
    }
    expect((await caller.call(readNested, { params: { id: "5", prompt: String(id) } })).status).toBe(404);
    expect((await caller.call(readNested, { params: { id: base, prompt: String(id) } })).status).toBe(200);
    expect((await stranger.call(deleteOne, { method: "DELETE", params: { prompt: String(id) } })).status).toBe(404);
  });

  test("deleting one deletes its images, or stops it", async () => {
    const { id } = (await post({ text: text() })).body;
    await makeAll(ctx, url, notifications);
    const [portrait] = await db.portrait.findMany({ where: { promptId: id } });
    const gone = await caller.call(deleteNested, { method: "DELETE", params: { id: base, prompt: String(id) } });
    expect([gone.status, gone.body]).toEqual([200, { id, deleted: true }]);
    const key = String(portrait?.storageKey);
    expect(await db.orphanedObject.count({ where: { key: { in: [key, smallKeyOf(key)] } } })).toBe(2);
    const waiting = (await post({ text: text() })).body.id;
    await caller.call(deleteOne, { method: "DELETE", params: { prompt: String(waiting) } });
    expect(await db.job.findFirst({ where: { key: String(waiting), name: "portraits.make" } })).toMatchObject({
      status: "cancelled",
    });
  });

  test("deleting the tune deletes its prompts", async () => {
    const { id } = (await post({ text: text() })).body;
    await db.tune.delete({ where: { id: tune } });
    expect(await db.prompt.count({ where: { id } })).toBe(0);
    await makeAll(ctx, url, notifications);
  });
});
