import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import type { Ctx } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { parseEnv } from "@/lib/env";
import { addTextDocument } from "@/lib/documents/add-document";
import { createFace } from "@/lib/faces/create-face";
import { requireFaceView } from "@/lib/faces/require-face-view";
import { CreateFaceInput, type FaceView } from "@/lib/faces/schemas";
import { JobNotifications } from "@/lib/jobs/job-notifications";
import { findActiveJob } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
import { compileModel } from "@/lib/models/language-model";
import { deleteDocument } from "./delete-document";
import { llmEngine } from "./llm-engine";
import { startSync } from "./start-sync";
import { syncFace } from "./sync-face.job";

const provider = await startFakeProvider({ apiKey: "sk-fake" });
const model = compileModel(
  parseEnv({ OPENAI_API_KEY: "sk-fake", OPENAI_BASE_URL: `${provider.url}/v1`, COMPILE_MODEL: "gpt-4o-mini" }),
);
if (model === null) throw new Error("These settings give no model.");
// the installation's settings are read once per process: here the engine is chosen without them
vi.mock("./choose-engine", () => ({
  chooseEngine: () => llmEngine(model),
  compileRate: () => ({ model: "gpt-4o-mini", price: { input: 1, output: 1 } }),
}));

const { db, url } = await testDatabase();
const notifications = new JobNotifications(url);
afterAll(closePool);
afterAll(() => notifications.close());
afterAll(() => provider.stop());

/** Some pieces long; every sentence says where it stands. */
const book = Array.from(
  { length: 110 },
  (_each, n) => `I always keep letter number ${n}. I never answer it late.`,
).join("\n\n");

let ctx: Ctx;
let face: FaceView;
beforeEach(async () => {
  provider.reset();
  ctx = await testUser(db);
  face = await createFace(ctx, CreateFaceInput.parse({ username: "alice" }));
});

const active = () => findActiveJob(db, "compile.sync", face.id);

async function work(): Promise<FaceView> {
  const worker = await startWorker({ url, db, jobs: [syncFace], sweepMs: 200 });
  for (let job = await active(); job !== null; job = await active()) {
    await notifications.waitForJob(job.id, { timeoutMs: 200 });
  }
  await worker.stop();
  return requireFaceView(ctx, face.id);
}

/** The first letter that a request's piece is about, which tells pieces apart. */
const asked = () =>
  provider.requests.map(({ body }) => /<source [^>]*>[^0-9]*number (\d+)/u.exec(JSON.stringify(body))?.[1]);

describe("a sync with a language model", () => {
  test("asks for each piece once, though its worker dies half-way, and never again to delete", async () => {
    const document = await addTextDocument(ctx, { face: face.id, content: book, type: "document" });
    const first = await addTextDocument(ctx, { face: face.id, content: "I love night trains.", type: "document" });
    expect(document.chunks_total).toBeGreaterThan(3);
    // two answers, then silence: the worker is stopped with a piece in flight
    provider.fault([], { times: 2 });
    provider.fault({ kind: "hang" }, { times: 2 });
    await startSync(ctx, face.id);
    const worker = await startWorker({ url, db, jobs: [syncFace] });
    await provider.waitForRequest(() => provider.requests.length === 4);
    const isStored = async () => (await db.chunk.count({ where: { documentId: document.id } })) === 2;
    await expect.poll(isStored, { timeout: 20_000 }).toBe(true);
    await worker.stop({ finishMs: 0, abortMs: 2_000 });
    const stored = asked().slice(0, 2);
    const inFlight = asked().slice(2);
    provider.reset();

    expect((await work()).sync_status).toBe("synced");
    const after = asked();
    for (const piece of stored) expect(after).not.toContain(piece);
    for (const piece of inFlight) expect(after.filter((each) => each === piece)).toHaveLength(1);
    expect(new Set(after).size).toBe(after.length);
    expect(after).toHaveLength(document.chunks_total - 2 + first.chunks_total);

    // what a model once read is stored: nothing is asked to take a text out of the graph
    provider.reset();
    await deleteDocument(ctx, { face: face.id, document: first.id });
    expect(provider.requests).toHaveLength(0);
  });

  test("stores with each piece which engine read it, what was dropped, and what the model really took", async () => {
    const document = await addTextDocument(ctx, {
      face: face.id,
      content: "I keep bees. I never sell the honey.",
      type: "document",
    });
    await startSync(ctx, face.id);
    expect((await work()).sync_status).toBe("synced");
    const [chunk] = await db.chunk.findMany({ where: { documentId: document.id } });
    expect(chunk).toMatchObject({ engine: expect.stringMatching(/^llm:gpt-4o-mini@\d+$/) as string });
    // the fake provider cites one sentence that nobody said
    expect(chunk?.dropped).toBeGreaterThan(0);
    const records = await db.usageRecord.findMany({ where: { documentId: document.id }, orderBy: { kind: "asc" } });
    expect(records).toMatchObject([
      { kind: "compile", inputTokens: document.token_count, quotaTokens: document.token_count, outputTokens: 0 },
      { kind: "compile_model", quotaTokens: 0, costMicroUsd: 0n },
    ]);
    expect(records[1]?.inputTokens).toBeGreaterThan(document.token_count);
    expect(records[1]?.outputTokens).toBeGreaterThan(0);
  });

  test("that the provider refuses ends with the provider's own words", async () => {
    await addTextDocument(ctx, { face: face.id, content: "I keep bees.", type: "document" });
    provider.fault({ kind: "status", status: 401, message: "this key was revoked" }, { times: Infinity });
    await startSync(ctx, face.id);
    await db.job.updateMany({ where: { key: face.id }, data: { maxAttempts: 1 } });
    expect(await work()).toMatchObject({
      sync_status: "failed",
      sync: { error: "The model that compiles failed: this key was revoked" },
    });
  });
});
