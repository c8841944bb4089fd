import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as listRoute } from "@/app/v1/portraits/deliveries/route";
import { POST as resendRoute } from "@/app/v1/portraits/deliveries/[delivery]/resend/route";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { testCaller } from "@/lib/http/testing";
import { hostileUrls } from "@/lib/net/testing";
import { announce, requireCallback } from "./callback";
import { deliver, deliverCallback } from "./callback.job";
import { readOrderImage } from "./order-image";
import { photosOf } from "./intake-photos";
import { sweepDeliveries } from "./expire-tunes";
import { startPublicServer } from "./testing-tunes";
import type { DeliveryView } from "./tune-schemas";

const { db } = await testDatabase();
const signal = new AbortController().signal;
const heard: { url: string; body: string; type: string | undefined }[] = [];
let status = 200;
let server: Awaited<ReturnType<typeof startPublicServer>>;
beforeAll(async () => {
  server = await startPublicServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += String(part);
    heard.push({ url: request.url ?? "", body, type: request.headers["content-type"] });
    response.writeHead(status, status === 302 ? { location: "http://127.0.0.1/" } : {}).end("x".repeat(100_000));
  });
});
afterAll(() => server.close());
beforeEach(() => {
  heard.length = 0;
  status = 200;
});

/** A tune with a callback, and the delivery that its making announced. */
async function told(ctx: Ctx, url: string) {
  const { accountId } = ctx.actor;
  const consent = { by: "person", how: "vouched", text: "", at: "" };
  const expiresAt = new Date(Date.now() + 3_600_000);
  const tune = await db.tune.create({
    data: { accountId, title: "Ann", isApi: true, consent, expiresAt, callback: url },
  });
  await transaction(db, (tx) => announce(tx, { accountId, kind: "tune", subjectId: tune.id, url }));
  const delivery = await db.callbackDelivery.findFirstOrThrow({ where: { kind: "tune", subjectId: tune.id } });
  expect(await db.job.count({ where: { name: deliverCallback.name, key: delivery.id, status: "queued" } })).toBe(1);
  return { tune, id: delivery.id };
}

const attempt = (id: string, number = 1) => deliver(db, id, { attempt: number, signal }, server.fetch);
const rowOf = (id: string) => db.callbackDelivery.findUniqueOrThrow({ where: { id } });

describe("a callback", () => {
  test("is told the tune, with the query string that its owner wrote, and once", async () => {
    const { tune, id } = await told(await testUser(db), server.url("/webhooks/astria?user_id=1&tune_id=1"));
    await attempt(id);
    await attempt(id);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ url: "/webhooks/astria?user_id=1&tune_id=1", type: "application/json" });
    expect(JSON.parse(heard[0]?.body ?? "")).toMatchObject({ tune: { id: tune.id, title: "Ann", orig_images: [] } });
    expect(await rowOf(id)).toMatchObject({ status: "delivered", attempts: 1, responseStatus: 200, error: null });
  });

  test.each([500, 404, 302])("that answers %i is told again later, ever later", async (answer) => {
    const { id } = await told(await testUser(db), server.url("/"));
    status = answer;
    const error = `public.faces-check.org:${server.port} answered with status ${answer}.`;
    await expect(attempt(id)).rejects.toMatchObject({ code: "unreadable", message: error, retryAfterSeconds: 10 });
    await expect(attempt(id, 9)).rejects.toMatchObject({ retryAfterSeconds: 300 });
    expect(await rowOf(id)).toMatchObject({ status: "waiting", attempts: 2, responseStatus: answer, error });
    status = 204;
    await attempt(id, 10);
    expect(await rowOf(id)).toMatchObject({ status: "delivered", attempts: 3, responseStatus: 204 });
  });

  test("that nobody answers is given up in the end, and says why", async () => {
    const { id } = await told(await testUser(db), server.url("/"));
    await transaction(db, async (tx) => deliverCallback.onFailed?.(tx, { deliveryId: id }, "It was not heard."));
    expect(await rowOf(id)).toMatchObject({ status: "failed", error: "It was not heard." });
  });

  test("about what was deleted is told to nobody", async () => {
    const { tune, id } = await told(await testUser(db), server.url("/"));
    await db.tune.delete({ where: { id: tune.id } });
    await attempt(id);
    expect(heard).toEqual([]);
    expect(await rowOf(id)).toMatchObject({ status: "failed", error: "The tune is not there any more." });
  });
});

describe("the log", () => {
  test("shows deliveries to their owner alone, who may have one told again", async () => {
    const ctx = await testUser(db);
    const [ann, bob] = [await testCaller(ctx), await testCaller(await testUser(db))];
    const { id } = await told(ctx, server.url("/"));
    await told(ctx, server.url("/other"));
    await attempt(id);
    const list = (await ann.call(listRoute, { query: "?limit=1" })).body as {
      data: DeliveryView[];
      next_cursor: string;
    };
    const next = (await ann.call(listRoute, { query: `?cursor=${list.next_cursor}` })).body as typeof list;
    expect([...list.data, ...next.data].map(({ status: each }) => each)).toEqual(["waiting", "delivered"]);
    expect((await bob.call(listRoute)).body).toMatchObject({ data: [] });
    const resend = { method: "POST", params: { delivery: id } };
    expect((await bob.call(resendRoute, resend)).status).toBe(404);
    expect(await ann.call(resendRoute, resend)).toMatchObject({ status: 200, body: { data: { status: "waiting" } } });
    expect((await ann.call(resendRoute, resend)).status).toBe(200);
    await attempt(id);
    expect(heard).toHaveLength(2);
    const limited = await testCaller(ctx, { allowed_faces: ["nobody"] });
    expect((await limited.call(listRoute)).body).toMatchObject({ data: [] });
  });

  test("is kept for thirty days", async () => {
    const { id } = await told(await testUser(db), server.url("/"));
    await db.callbackDelivery.update({ where: { id }, data: { createdAt: new Date(Date.now() - 31 * 86_400_000) } });
    expect(await sweepDeliveries(db)).toBe(1);
  });
});

describe("none of more than 150 hostile addresses", () => {
  test("is fetched as a photo", async () => {
    for (const url of hostileUrls(server.port)) {
      const [photo] = photosOf({ image_urls: [url] }, server.guarded);
      await expect(photo?.open(signal), url).rejects.toMatchObject({ code: "invalid_input", param: "tune.image_urls" });
    }
    expect(heard).toEqual([]);
  });

  test("is fetched as an image to change, or its mask", async () => {
    const ctx = await testUser(db);
    for (const field of ["input_image", "mask_image"]) {
      for (const url of hostileUrls(server.port)) {
        const read = readOrderImage(ctx, { field, file: undefined, url }, server.guarded);
        await expect(read, url).rejects.toMatchObject({ code: "invalid_input", param: `prompt.${field}_url` });
      }
    }
    expect(heard).toEqual([]);
  });

  test("is called back: where its form says so it is not taken, else it fails for good", async () => {
    const ctx = await testUser(db);
    const taken = hostileUrls(server.port).filter((url) => {
      try {
        requireCallback(url, "tune.callback");
        return true;
      } catch (error) {
        expect(error, url).toMatchObject({ code: "invalid_input", param: "tune.callback" });
        return false;
      }
    });
    // only names are left, which may mean anything
    for (const url of taken) expect(new URL(url).hostname).toMatch(/faces-check\.org$/);
    for (const url of taken) {
      const { id } = await told(ctx, url);
      const sent = deliver(db, id, { attempt: 1, signal }, server.guarded);
      await expect(sent, url).rejects.toMatchObject({ code: "invalid_input" });
      expect(await rowOf(id)).toMatchObject({ attempts: 1, responseStatus: null });
    }
    expect(heard).toEqual([]);
  });
});
