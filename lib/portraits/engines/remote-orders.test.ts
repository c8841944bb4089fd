import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { POST as placeRoute } from "@/app/v1/portraits/orders/route";
import { GET as readRoute } from "@/app/v1/portraits/orders/[order]/route";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import { grant, readBalance } from "@/lib/billing/ledger";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import type { JobContext } from "@/lib/jobs/define-job";
import { JobNotifications } from "@/lib/jobs/job-notifications";
import { store } from "@/lib/storage/store";
import { infer, stopInference } from "@/lib/studio/inference";
import { demoPerson } from "@/lib/vision/testing";
import { tidyOrder } from "../make-tidy.job";
import { makeAll, testTune } from "../order-testing";
import type { OrderView } from "../portrait-schemas";
import { startFakeAstria } from "./testing-astria";

const provider = await startFakeProvider();
const astria = await startFakeAstria();
Object.assign(process.env, {
  FACES_DATA_DIR: mkdtempSync(join(tmpdir(), "faces-remote-")),
  OPENAI_API_KEY: "sk-test",
  OPENAI_BASE_URL: `${provider.url}/v1`,
  PORTRAIT_MODELS: JSON.stringify([{ id: "openai/gpt-image-1", usd_per_image: 0.1 }]),
  ASTRIA_API_KEY: astria.apiKey,
  ASTRIA_BASE_URL: astria.url,
  ASTRIA_USD_PER_IMAGE: "0.05",
  PORTRAIT_ENGINE: "astria",
});

const { db, url } = await testDatabase();
const notifications = new JobNotifications(url);
const ctx = await testUser(db);
const caller = await testCaller(ctx);
const signal = AbortSignal.timeout(150_000);

afterAll(async () => {
  await stopInference();
  await notifications.close();
  await astria.stop();
  await provider.stop();
});

/** A tune with a photo of somebody, measured as intake does it. */
async function tuneOf(photo: Buffer): Promise<number> {
  const tune = await testTune(ctx);
  const seen = await infer("inspect", { name: "photo 1", bytes: photo }, { signal });
  if (seen.photo === null || seen.reading === null || seen.descriptor === null) throw new Error("No face was found.");
  const { bytes, mimeType, width, height } = seen.photo;
  const row = await db.tunePhoto.findFirstOrThrow({ where: { tuneId: tune } });
  await store().put(row.storageKey, bytes, { contentType: mimeType, signal });
  const descriptor = Buffer.from(Float32Array.from(seen.descriptor).buffer);
  const data = { mimeType, width, height, byteSize: bytes.byteLength, reading: seen.reading, descriptor };
  await db.tunePhoto.update({ where: { id: row.id }, data });
  return tune;
}

async function ordered(json: object): Promise<OrderView> {
  const placed = await caller.call(placeRoute, { method: "POST", json });
  expect(placed.status).toBe(201);
  await makeAll(ctx, url, notifications);
  const { id } = (placed.body as { data: OrderView }).data;
  return ((await caller.call(readRoute, { params: { order: String(id) } })).body as { data: OrderView }).data;
}

test("what engines elsewhere make is measured as everything is, charged, and deleted there", async () => {
  await grant(db, { accountId: ctx.actor.accountId, amountMicroUsd: 1_000_000n, reference: "test" });
  const tune = await tuneOf(await demoPerson("smiling"));
  const text = `<faceid:${tune}:1> woman in the alps`;

  // this model gives back the photo that it got: nobody is more like it
  const echoed = await ordered({ text, engine: "OpenAI/gpt-image-1", num_images: 2 });
  expect(echoed).toMatchObject({ status: "done", engine: "openai/gpt-image-1", cost_usd: 0.2, notes: [] });
  expect(echoed.portraits.map(({ identity_score }) => (identity_score ?? 0) > 0.9)).toEqual([true, true]);
  const [asked] = provider.requests;
  expect(asked?.body).toMatchObject({ model: "gpt-image-1", input_fidelity: "high" });
  expect(asked?.headers.authorization).toBe("Bearer sk-test");

  // this one makes plain pictures: nobody is on them
  astria.imageUrl = (prompt, index) => `${astria.url}/images/${prompt.id}-${index}`;
  const plain = await ordered({ text, num_images: 1 });
  expect(plain).toMatchObject({ status: "done", engine: "astria", cost_usd: 0.05 });
  expect(plain.portraits.map(({ identity_score }) => identity_score)).toEqual([null]);
  const { remoteIds } = await db.tune.findUniqueOrThrow({ where: { id: tune } });
  expect(remoteIds).toEqual({ astria: String(astria.tunes[0]?.id) });
  expect((await readBalance(db, ctx.actor.accountId)).balanceMicroUsd).toBe(750_000n);

  // once it is stored here, Astria is told to forget the order
  expect(astria.prompts).toHaveLength(1);
  const tidy = await db.job.findMany({ where: { name: tidyOrder.name } });
  for (const { payload } of tidy) await tidyOrder.run(tidyOrder.payload.parse(payload), { signal } as JobContext);
  expect(astria.prompts).toEqual([]);

  // a refusal says why and costs nothing
  const refused = await ordered({ text: `${text} [[blocked]]`, engine: "openai/gpt-image-1" });
  expect(refused).toMatchObject({ status: "failed", cost_usd: 0, portraits: [] });
  expect(refused.user_error).toMatch(/^OpenAI refused the order: Your request was rejected by the safety system/u);
  expect((await readBalance(db, ctx.actor.accountId)).reservedMicroUsd).toBe(0n);
}, 150_000);
