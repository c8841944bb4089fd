import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { GET as readFile } from "@/app/files/[kind]/[id]/route";
import { DELETE as deleteRoute, GET as readTune, PATCH as patchTune } from "@/app/tunes/[id]/route";
import { GET as listRoute, POST as postTune } from "@/app/tunes/route";
import { DELETE as deletePhoto } from "@/app/v1/portraits/photos/[photo]/route";
import { POST as checkRoute } from "@/app/v1/portraits/photos/route";
import { GET as listDetails, POST as postDetail } from "@/app/v1/portraits/tunes/route";
import { portraitEntries } from "@/lib/accounts/export-portraits";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { temporaryStore } from "@/lib/documents/testing";
import { createFace } from "@/lib/faces/create-face";
import { deleteFace } from "@/lib/faces/delete-face";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { testCaller } from "@/lib/http/testing";
import type { JobContext } from "@/lib/jobs/define-job";
import { LeaseLostError } from "@/lib/jobs/job-errors";
import { JobNotifications } from "@/lib/jobs/job-notifications";
import { type JobWorker, startWorker } from "@/lib/jobs/worker";
import { store } from "@/lib/storage/store";
import { createTune } from "./create-tune";
import { expireTunes } from "./expire-tunes";
import { inspectPhotos } from "./inspect-photos.job";
import { makePortraitsName } from "./make-progress";
import { startPublicServer } from "./testing-tunes";
import { touchTunes } from "./tune-access";
import { sweepObjects } from "./tune-orphans";
import type { PhotosCheck, TuneDetail, TuneView } from "./tune-schemas";

vi.mock("@/lib/studio/inference", async () => ({ infer: (await import("./testing-tunes")).inspectWords }));

const folder = temporaryStore();
const { db, url } = await testDatabase();
const notifications = new JobNotifications(url);
Object.assign(globalThis, { facesJobNotifications: notifications });
let worker: JobWorker;
beforeAll(async () => {
  worker = await startWorker({ url, db, jobs: [inspectPhotos], pollMs: 20 });
});
afterAll(async () => {
  await worker.stop();
  await notifications.close();
});

/** A form as curl sends it. */
function form(photos: string[], fields: Record<string, string> = {}): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries({ title: "Ann", ...fields })) data.set(`tune[${name}]`, value);
  photos.forEach((photo, at) => data.append("tune[images][]", new File([photo], `${at + 1}.jpg`)));
  return data;
}

async function user() {
  const ctx = await testUser(db);
  return { ctx, ...(await testCaller(ctx)) };
}
type User = Awaited<ReturnType<typeof user>>;

const create = async ({ call }: User, photos: string[], fields: Record<string, string> = {}) => {
  const { status, body } = await call(postTune, { method: "POST", body: form(photos, fields) });
  expect(body).toMatchObject({ id: expect.any(Number) });
  expect(status).toBe(201);
  return body as TuneView;
};

const idOf = (tune: { id: number }) => ({ id: String(tune.id) });

/** Files of an account that lie in the store, after what is due was swept. */
async function filesOf(ctx: Ctx): Promise<string[]> {
  await sweepObjects(db);
  const place = join(folder, "files", "portraits", ctx.actor.accountId);
  return existsSync(place) ? readdirSync(place) : [];
}

const fetchFile = (address: string) => {
  const { pathname } = new URL(address, "http://faces.test");
  const [, , kind = "", id = ""] = pathname.split("/");
  return readFile(new Request(new URL(address, "http://faces.test")), { params: Promise.resolve({ kind, id }) });
};

describe("a tune", () => {
  test("is ready at once, with Astria's fields in Astria's order", async () => {
    const ann = await user();
    const fields = { name: "woman", model_type: "faceid", branch: "fast", base_tune_id: "690204", token: "ohwx" };
    const tune = await create(ann, ["ann 1", "ann 2"], fields);
    expect(Object.keys(tune).slice(0, 22)).toEqual(
      "id title name is_api token eta callback trained_at started_training_at expires_at created_at model_type updated_at base_tune_id branch args steps face_crop ckpt_url ckpt_urls url orig_images".split(
        " ",
      ),
    );
    expect(tune).toMatchObject({
      ...{
        title: "Ann",
        name: "woman",
        is_api: true,
        base_tune_id: 690204,
        branch: "fast",
        ckpt_url: null,
        ckpt_urls: [],
      },
      ...{ model_type: "faceid", notes: [], face: null, trained_at: expect.any(String) },
      url: expect.stringMatching(new RegExp(`/tunes/${tune.id}\\.json$`)),
      consent: { by: "key: test", how: "vouched" },
    });
    expect(Date.parse(tune.expires_at ?? "") - Date.parse(tune.created_at)).toBeGreaterThan(29.9 * 86_400_000);
    expect((await ann.call(readTune, { params: idOf(tune) })).body).toEqual(tune);
    expect(await filesOf(ann.ctx)).toHaveLength(4);
    // nothing of what was looked at stays where it stood
    expect(await db.job.count({ where: { name: inspectPhotos.name } })).toBe(0);
    expect(await db.orphanedObject.count()).toBe(0);
  });

  test("shows its photos by signed addresses, to nobody who changes one, and small where asked", async () => {
    const tune = await create(await user(), ["ann 1"]);
    const [address = ""] = tune.orig_images;
    const response = await fetchFile(address);
    expect(await response.text()).toBe("upright ann 1");
    expect(response.headers.get("content-disposition")).toBe(`inline; filename="photo-${tune.id}-1.jpg"`);
    expect(response.headers.get("cache-control")).toBe("private, max-age=3600");
    const forged = [
      address.replace(/signature=.{4}/, "signature=AAAA"),
      address.replace(/expires=\d+/, "expires=9999999999"),
      address.replace("?", "?size=small&"),
      address.replace(/\?.*/, ""),
    ];
    for (const each of forged) expect((await fetchFile(each)).status, each).toBe(403);
    expect((await fetchFile("/files/secrets/x")).status).toBe(404);
    const now = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 26 * 3_600_000);
    expect((await fetchFile(address)).status).toBe(403);
    now.mockRestore();
  });

  test("with a photo that cannot be used says which and why, and leaves nothing behind", async () => {
    const ann = await user();
    const answer = await ann.call(postTune, {
      method: "POST",
      body: form(["ann 1", "nobody", "ann 3", "nobody here"]),
    });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        error: "Photo 2 (2.jpg): no face was found in it. Photo 4 (4.jpg): no face was found in it.",
        errors: { images: [expect.stringContaining("Photo 2")] },
        code: "invalid_input",
      },
    });
    expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
    expect(await db.tune.count({ where: { accountId: ann.ctx.actor.accountId } })).toBe(0);
    expect(await filesOf(ann.ctx)).toEqual([]);
    expect(await db.job.count({ where: { name: inspectPhotos.name } })).toBe(0);
  });

  test("with a photo that bursts or breaks whoever looks at it is refused like any other", async () => {
    const ann = await user();
    const answer = await ann.call(postTune, { method: "POST", body: form(["bomb", "ann 1", "crash"]) });
    expect(answer).toMatchObject({
      status: 422,
      body: { error: expect.stringMatching(/^Photo 1 \(1.jpg\): It takes.*Photo 3/) },
    });
    expect(await filesOf(ann.ctx)).toEqual([]);
  });

  test("keeps its photos when a worker that lost the job goes on with it late", async () => {
    const ann = await user();
    const tune = await create(ann, ["ann 1"]);
    const { storageKey } = await db.tunePhoto.findFirstOrThrow({ where: { tuneId: tune.id } });
    const rawKey = `${storageKey}_again`;
    await store().put(rawKey, Buffer.from("ann 1"), { contentType: "image/jpeg" });
    const late: JobContext = {
      ...{ id: "job_1", attempt: 1, db, signal: new AbortController().signal },
      step: (_name, work) => work(),
      transaction: () => Promise.reject(new LeaseLostError("job_1")),
      finish: () => Promise.reject(new LeaseLostError("job_1")),
      progress: () => undefined,
    };
    const photos = [{ rawKey, name: "photo 1", key: storageKey }];
    await expect(inspectPhotos.run({ accountId: ann.ctx.actor.accountId, photos }, late)).rejects.toThrow(
      LeaseLostError,
    );
    expect(
      await db.orphanedObject.count({ where: { key: { startsWith: storageKey }, dueAt: { gt: new Date() } } }),
    ).toBe(0);
  });

  test("tells of photos that are not one person, and of dark ones", async () => {
    const ann = await user();
    const tune = await create(ann, ["ann 1", "dark ann 2", "bob 1"]);
    expect(tune.notes).toContainEqual(expect.objectContaining({ code: "different_people", photo: null }));
    expect(tune.notes).toContainEqual({ code: "dark", message: "Photo 2 (2.jpg) is dark.", photo: 2 });
  });

  test.each([
    [{ title: "" }, ["ann 1"], "title is missing.", "title"],
    [{ model_type: "lora" }, ["ann 1"], "model_type can only be faceid here: nothing is trained.", "model_type"],
    [{ callback: "http://127.0.0.1/x" }, ["ann 1"], /callback cannot be used.*public internet/, "callback"],
    [{ callback: "ftp://example.com" }, ["ann 1"], /Only addresses that begin with https/, "callback"],
    [{ face: "nobody" }, ["ann 1"], "There is no face nobody.", "face"],
    [{ base_tune_id: "ten" }, ["ann 1"], /base_tune_id must be a whole number/, "base_tune_id"],
    [{ auto_extend: "perhaps" }, ["ann 1"], /auto_extend must be true or false/, "auto_extend"],
    [{}, [], "Send at least one photo, as images or image_urls.", "images"],
    [{}, Array.from({ length: 31 }, () => "ann"), /too many files/, "base"],
    [{ "prompts_attributes][0][text": "<faceid:1:1>" }, ["ann 1"], /./, "prompts_attributes.0.text"],
  ])("%j is refused in a sentence, and leaves nothing behind", async (fields, photos, error, field) => {
    const ann = await user();
    const answer = await ann.call(postTune, { method: "POST", body: form(photos, fields) });
    expect(answer).toMatchObject({ status: 422, body: { error: expect.stringMatching(error) } });
    expect(Object.keys((answer.body as { errors: object }).errors)).toEqual([field]);
    expect(await db.tune.count({ where: { accountId: ann.ctx.actor.accountId } })).toBe(0);
    expect(await filesOf(ann.ctx)).toEqual([]);
  });

  test("is made once, however often a form with the same Idempotency-Key comes", async () => {
    const ann = await user();
    const post = (photo: string) => {
      const headers = { "idempotency-key": "once" };
      return ann.call(postTune, { method: "POST", body: form([photo]), headers });
    };
    const [first, again, other] = [await post("ann 1"), await post("ann 1"), await post("ann 2")];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(other.status).toBe(409);
    expect(await db.tune.count({ where: { accountId: ann.ctx.actor.accountId } })).toBe(1);
  });

  test("takes photos by their addresses, whatever the form, and says which cannot be had", async () => {
    const ann = await user();
    const server = await startPublicServer((request, response) => {
      const isThere = request.url !== "/gone.jpg";
      const type = request.url === "/page" ? "text/html" : "image/jpeg";
      response.writeHead(isThere ? 200 : 404, { "content-type": type }).end(`ann ${request.url}`);
    });
    const post = (body: BodyInit, type: string) => {
      const request = new Request("http://faces.test/tunes", {
        method: "POST",
        body,
        headers: { "content-type": type },
      });
      return createTune(ann.ctx, request, { fetch: server.fetch });
    };
    const urls = [server.url("/HLHBnl9.jpeg"), server.url("/HLHBnl9.jpeg?x=1")];
    const asJson = await post(JSON.stringify({ tune: { title: "Ann", image_urls: urls } }), "application/json");
    const fields = new URLSearchParams([["tune[title]", "Ann"], ...urls.map((url) => ["tune[image_urls][]", url])]);
    const asForm = await post(fields.toString(), "application/x-www-form-urlencoded");
    for (const { photos } of [asJson, asForm]) {
      expect(photos.map(({ fileName }) => fileName)).toEqual(["HLHBnl9.jpeg", "HLHBnl9.jpeg"]);
    }
    for (const [path, why] of [
      [
        "/gone.jpg",
        /^Photo 2 \(gone.jpg\): .* answered with status 404\. Check the address, or send the photo itself\.$/,
      ],
      ["/page", /^Photo 2 \(page\): .* text\/html/],
    ] as const) {
      const image_urls = [...urls.slice(1), server.url(path)];
      const refused = post(JSON.stringify({ tune: { title: "Ann", image_urls } }), "application/json");
      await expect(refused).rejects.toMatchObject({ message: expect.stringMatching(why), param: "tune.image_urls" });
    }
    expect(await filesOf(ann.ctx)).toHaveLength(8);
    server.close();
  });

  test("places the prompts that came with it, and tells its callback once all are placed", async () => {
    const ann = await user();
    const { accountId } = ann.ctx.actor;
    const fields = {
      ...{ branch: "fast", callback: "https://example.com/tune?user_id=1" },
      "prompts_attributes][0][text": "portrait in the alps",
      "prompts_attributes][1][text": "portrait by the sea",
      "prompts_attributes][1][num_images": "2",
    };
    const tune = await create(ann, ["ann 1"], fields);
    const prompts = await db.prompt.findMany({
      where: { accountId },
      orderBy: { id: "asc" },
      include: { references: true },
    });
    expect(prompts.map(({ tuneId, count, references }) => [tuneId, count, references[0]?.tuneId])).toEqual([
      [tune.id, 1, tune.id],
      [tune.id, 2, tune.id],
    ]);
    expect(await db.callbackDelivery.count({ where: { accountId, kind: "tune", subjectId: tune.id } })).toBe(1);
  });

  test("goes again when not all of its prompts can be placed: none of them waits, and no file stays", async () => {
    const ann = await user();
    const { accountId } = ann.ctx.actor;
    const waiting = { text: "x", options: {}, engine: "studio", seed: 1n, width: 256, height: 256, count: 1 };
    await db.prompt.createMany({ data: Array.from({ length: 19 }, () => ({ ...waiting, accountId, tuneId: 1 })) });
    const prompts = { "prompts_attributes][0][text": "in the alps", "prompts_attributes][1][text": "by the sea" };
    const body = form(["ann 1"], { branch: "fast", ...prompts });
    expect((await ann.call(postTune, { method: "POST", body })).status).toBe(429);
    expect(await db.tune.count({ where: { accountId } })).toBe(0);
    expect(await db.prompt.count({ where: { accountId } })).toBe(19);
    const jobs = await db.job.findMany({ where: { name: makePortraitsName, status: { in: ["queued", "running"] } } });
    const placed = (await db.prompt.findMany({ select: { id: true } })).map(({ id }) => String(id));
    expect(jobs.filter(({ key }) => !placed.includes(key ?? ""))).toEqual([]);
    expect(await filesOf(ann.ctx)).toEqual([]);
  });

  test("does not take more images of prompts at once than fit into memory", async () => {
    const ann = await user();
    const jpeg = Buffer.alloc(19 * 1024 * 1024);
    jpeg.set([0xff, 0xd8, 0xff]);
    const server = await startPublicServer((_request, response) => {
      response.writeHead(200, { "content-type": "image/jpeg" }).end(jpeg);
    });
    const data = form(["ann 1"], { branch: "fast" });
    for (let at = 0; at < 4; at++) {
      data.set(`tune[prompts_attributes][${at}][text]`, "x");
      data.set(`tune[prompts_attributes][${at}][input_image_url]`, server.url("/x.jpg"));
    }
    const request = new Request("http://faces.test/tunes", { method: "POST", body: data });
    await expect(createTune(ann.ctx, request, { fetch: server.fetch })).rejects.toMatchObject({
      code: "too_large",
      param: "tune.prompts_attributes",
    });
    expect(await db.tune.count({ where: { accountId: ann.ctx.actor.accountId } })).toBe(0);
    server.close();
  });

  test("is not made for a face that is deleted while its photos are looked at", async () => {
    const ann = await user();
    await createFace(ann.ctx, CreateFaceInput.parse({ username: "annmeanwhile" }));
    const server = await startPublicServer((_request, response) => {
      void deleteFace(ann.ctx, "annmeanwhile").then(() => {
        response.writeHead(200, { "content-type": "image/jpeg" }).end("ann 1");
      });
    });
    const tune = { title: "Ann", face: "annmeanwhile", image_urls: [server.url("/ann.jpg")] };
    const init = { method: "POST", body: JSON.stringify({ tune }), headers: { "content-type": "application/json" } };
    const making = createTune(ann.ctx, new Request("http://faces.test/tunes", init), { fetch: server.fetch });
    await expect(making).rejects.toMatchObject({ code: "invalid_input", param: "tune.face" });
    expect(await filesOf(ann.ctx)).toEqual([]);
    server.close();
  });

  test("is in the export of its account, and goes with it", async () => {
    const ann = await user();
    const { accountId } = ann.ctx.actor;
    const tune = await create(ann, ["ann 1"]);
    const files: Record<string, string> = {};
    for await (const { name, content } of portraitEntries(db, { accountId, signal: ann.ctx.signal })) {
      let text = "";
      for await (const part of content) text += Buffer.from(part as Uint8Array).toString();
      files[name] = text;
    }
    expect(Object.keys(files)).toEqual([
      `portraits/people/${tune.id}/person.json`,
      `portraits/people/${tune.id}/1-1.jpg`,
    ]);
    expect(files[`portraits/people/${tune.id}/1-1.jpg`]).toBe("upright ann 1");
    expect(JSON.parse(files[`portraits/people/${tune.id}/person.json`] ?? "")).toMatchObject({
      consent: { how: "vouched" },
      descriptors: [{ descriptor: expect.any(String) }],
    });
    await db.account.delete({ where: { id: accountId } });
    expect(await filesOf(ann.ctx)).toEqual([]);
  });

  test("keeps the words of consent, which the page has to send", async () => {
    const ann = await user();
    const tune = await create(ann, ["ann 1"], { consent: "Ann agreed by mail." });
    expect(tune.consent).toMatchObject({ by: "key: test", how: "words", text: "Ann agreed by mail." });
    const body = form(["ann 1"]);
    expect(await ann.call(postDetail, { method: "POST", body })).toMatchObject({
      status: 422,
      body: { error: { param: "tune.consent" } },
    });
    const kept = await ann.call(postDetail, { method: "POST", body: form(["ann 1"], { consent: "She agrees." }) });
    const { data } = kept.body as { data: TuneDetail };
    expect(data.consent).toMatchObject({ how: "checkbox", text: "She agrees." });
    expect(await (await fetchFile(data.photos[0]?.small_url ?? "")).text()).toBe("small ann 1");
  });
});

describe("photos that are only looked at", () => {
  test("are told of one by one, and kept nowhere", async () => {
    const ann = await user();
    const body = new FormData();
    for (const photo of ["ann 1", "nobody", "bob 1"]) body.append("images[]", new File([photo], `${photo}.jpg`));
    const { data } = (await ann.call(checkRoute, { method: "POST", body })).body as { data: PhotosCheck };
    expect(data.photos.map(({ is_good, code }) => [is_good, code])).toEqual([
      [true, null],
      [false, "no_face"],
      [true, null],
    ]);
    expect(data.notes).toMatchObject([{ code: "different_people" }]);
    expect(await filesOf(ann.ctx)).toEqual([]);
  });
});

describe("changing a tune", () => {
  test("changes what is named, takes away what is empty, and adds photos", async () => {
    const ann = await user();
    await createFace(ann.ctx, CreateFaceInput.parse({ username: "ann" }));
    const tune = await create(ann, ["ann 1"], { callback: "https://example.com/x?user_id=1", name: "woman" });
    const patch = (body: FormData | object) =>
      ann.call(patchTune, {
        method: "PATCH",
        params: idOf(tune),
        ...(body instanceof FormData ? { body } : { json: { tune: body } }),
      });
    const changed = await patch({ title: "Anna", callback: null, face: "ann", auto_extend: "True" });
    expect(changed).toMatchObject({
      status: 200,
      body: { title: "Anna", callback: null, name: "woman", auto_extend: true },
    });
    const more = new FormData();
    more.append("tune[images][]", new File(["dark bob 1"], "b.jpg"));
    const added = (await patch(more)).body as TuneView;
    expect(added.orig_images).toHaveLength(2);
    expect(added.notes).toMatchObject([{ code: "different_people" }, { code: "dark", photo: 2 }]);
    const bad = new FormData();
    bad.append("tune[images][]", new File(["nobody"], "c.jpg"));
    bad.set("tune[title]", "Nobody");
    expect((await patch(bad)).status).toBe(422);
    expect((await ann.call(readTune, { params: idOf(tune) })).body).toMatchObject({ title: "Anna" });
    expect(await filesOf(ann.ctx)).toHaveLength(4);
  });

  test("takes a photo out with its files, but not the only one", async () => {
    const ann = await user();
    await create(ann, ["ann 1", "dark bob 1"]);
    const list = (await ann.call(listDetails)).body as { data: TuneDetail[] };
    const [first, second] = list.data[0]?.photos ?? [];
    const remove = (id = "") => ann.call(deletePhoto, { method: "DELETE", params: { photo: id } });
    expect(
      (await (await user()).call(deletePhoto, { method: "DELETE", params: { photo: first?.id ?? "" } })).status,
    ).toBe(404);
    expect(await remove(first?.id)).toMatchObject({
      status: 200,
      body: { data: { notes: [{ code: "dark", photo: 1 }], photos: [{ id: second?.id }] } },
    });
    expect(await filesOf(ann.ctx)).toHaveLength(2);
    expect((await remove(first?.id)).status).toBe(404);
    expect((await remove(second?.id)).status).toBe(409);
  });
});

describe("the list", () => {
  test("is newest first, by limit and before_id, and an offset that is too deep names before_id", async () => {
    const ann = await user();
    for (const title of ["One", "Two", "Three"]) await create(ann, ["ann 1"], { title, name: "man" });
    const list = async (query: string) => (await ann.call(listRoute, { query })).body as TuneView[];
    const all = await list("");
    expect(all.map(({ title }) => title)).toEqual(["Three", "Two", "One"]);
    expect((await list(`?limit=1&before_id=${all[0]?.id}`)).map(({ title }) => title)).toEqual(["Two"]);
    expect((await list("?offset=2")).map(({ title }) => title)).toEqual(["One"]);
    expect((await list("?title=tw&name[]=man&name[]=boy")).map(({ title }) => title)).toEqual(["Two"]);
    expect(await ann.call(listRoute, { query: "?offset=5000" })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("before_id") },
    });
    for (const bad of ["?limit=0", "?limit=121", "?before_id=x", "?offset=-1"]) {
      expect((await ann.call(listRoute, { query: bad })).status, bad).toBe(422);
    }
  });

  test("of a key that is limited to a face has that face's tunes alone", async () => {
    const ann = await user();
    for (const username of ["ann", "bob"]) await createFace(ann.ctx, CreateFaceInput.parse({ username }));
    const tune = await create(ann, ["ann 1"], { face: "ann" });
    const other = await create(ann, ["bob 1"], { face: "bob" });
    await create(ann, ["eve 1"]);
    const limited = await testCaller(ann.ctx, { allowed_faces: ["ann"] });
    expect(((await limited.call(listRoute)).body as TuneView[]).map(({ id }) => id)).toEqual([tune.id]);
    expect((await limited.call(readTune, { params: idOf(other) })).status).toBe(404);
    const post = (fields: Record<string, string>) =>
      limited.call(postTune, { method: "POST", body: form(["ann 2"], fields) });
    expect((await post({})).status).toBe(403);
    expect((await post({ face: "bob" })).status).toBe(403);
    expect((await post({ face: "ann" })).status).toBe(201);
  });
});

describe("the end of a tune", () => {
  test("comes by deleting it: its files, its prompts and its copies elsewhere go too", async () => {
    const ann = await user();
    const tune = await create(ann, ["ann 1", "ann 2"]);
    const { accountId } = ann.ctx.actor;
    await db.tune.update({ where: { id: tune.id }, data: { remoteIds: { astria: "7", comfyui: ["8", "9"] } } });
    const order = {
      accountId,
      tuneId: 690204,
      text: "x",
      options: {},
      engine: "studio",
      seed: 1n,
      width: 8,
      height: 8,
      count: 1,
    };
    await db.prompt.create({
      data: { ...order, references: { create: { position: 0, tuneId: tune.id, strength: 1 } } },
    });
    const kept = await db.prompt.create({ data: order });
    const remove = (who: User) => who.call(deleteRoute, { method: "DELETE", params: idOf(tune) });
    const foreign = await remove(await user());
    expect(foreign.status).toBe(404);
    expect(await remove(ann)).toMatchObject({ status: 200, body: { id: tune.id, deleted: true } });
    const again = await remove(ann);
    const bare = ({ body }: typeof again) => ({ ...(body as object), request_id: "" });
    expect(bare(again)).toEqual(bare(foreign));
    expect(await filesOf(ann.ctx)).toEqual([]);
    expect((await db.prompt.findMany({ where: { accountId } })).map(({ id }) => id)).toEqual([kept.id]);
    expect(await db.tunePhoto.count({ where: { tuneId: tune.id } })).toBe(0);
    const copies = await db.orphanedTune.findMany({ orderBy: { remoteId: "asc" } });
    expect(copies.map(({ engine, remoteId }) => `${engine} ${remoteId}`)).toEqual([
      "astria 7",
      "comfyui 8",
      "comfyui 9",
    ]);
    expect((await fetchFile(tune.orig_images[0] ?? "")).status).toBe(404);
  });

  test("comes with its face's", async () => {
    const ann = await user();
    await createFace(ann.ctx, CreateFaceInput.parse({ username: "ann" }));
    await create(ann, ["ann 1"], { face: "ann" });
    expect(await filesOf(ann.ctx)).toHaveLength(2);
    await deleteFace(ann.ctx, "ann");
    expect(await filesOf(ann.ctx)).toEqual([]);
  });

  test("comes after thirty days, later with each use where its owner wants that", async () => {
    const ann = await user();
    const [brief, long] = [await create(ann, ["ann 1"]), await create(ann, ["ann 2"], { auto_extend: "1" })];
    const past = new Date(Date.now() - 1_000);
    await db.tune.updateMany({ where: { id: { in: [brief.id, long.id] } }, data: { expiresAt: past } });
    expect((await ann.call(readTune, { params: idOf(long) })).status).toBe(404);
    await touchTunes(db, [brief.id, long.id]);
    expect((await ann.call(readTune, { params: idOf(long) })).status).toBe(200);
    expect(await expireTunes(db)).toBe(1);
    expect((await db.tune.findMany({ where: { accountId: ann.ctx.actor.accountId } })).map(({ id }) => id)).toEqual([
      long.id,
    ]);
    expect(await filesOf(ann.ctx)).toHaveLength(2);
  });
});

test("nothing that is sent is answered with a 5xx", async () => {
  const ann = await user();
  const bodies: [string, string][] = [
    ["", "application/json"],
    ["[]", "application/json"],
    ["{", "application/json"],
    ['{"tune":[]}', "application/json"],
    ['{"tune":{"title":{},"images":"x"}}', "application/json"],
    ['{"tune":{"title":"a","images":[{"url":"x"}]}}', "application/json"],
    ['{"tune":{"title":"a","image_urls":"http://127.0.0.1/"}}', "application/json"],
    ['{"tune":{"title":"a","image_urls":[1,{},null]}}', "application/json"],
    ['{"tune":{"title":"a","prompts_attributes":"x","image_urls":["x"]}}', "application/json"],
    [`{"tune":${"[".repeat(200)}${"]".repeat(200)}}`, "application/json"],
    ["tune[title]=a&tune[title][b]=c", "application/x-www-form-urlencoded"],
    ["tune=a", "application/x-www-form-urlencoded"],
    ["tune[__proto__][x]=1&tune[title]=a", "application/x-www-form-urlencoded"],
    ["%%%", "application/x-www-form-urlencoded"],
    ["--x\r\n\r\n", "multipart/form-data; boundary=x"],
    ["x", "multipart/form-data; boundary="],
    ["x", "image/png"],
  ];
  for (const [body, type] of bodies) {
    const answer = await ann.call(postTune, { method: "POST", body, headers: { "content-type": type } });
    expect(answer.status, body).toBeGreaterThanOrEqual(400);
    expect(answer.status, body).toBeLessThan(500);
    expect(answer.body, body).toMatchObject({ error: expect.any(String), message: expect.any(String), errors: {} });
  }
  for (const id of ["0", "-1", "99999999999", "x", "1.5", "%00", "1e3", " "]) {
    expect((await ann.call(readTune, { params: { id } })).status, id).toBe(404);
  }
});
