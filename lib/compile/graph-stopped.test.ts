import { afterAll, expect, test, vi } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { addTextDocument } from "@/lib/documents/add-document";
import { createFace } from "@/lib/faces/create-face";
import { requireFaceView } from "@/lib/faces/require-face-view";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { JobNotifications } from "@/lib/jobs/job-notifications";
import { findActiveJob } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
import { cancelSync } from "./cancel-sync";
import { listPrimitives } from "./list-primitives";
import { startSync } from "./start-sync";
import { syncFace } from "./sync-face.job";

/** Reads at once, but a text that says so is never read to its end. */
vi.mock("./choose-engine", async () => {
  const { sentenceEngine } = await import("./graph-testing");
  const extract: typeof sentenceEngine.extract = (input, signal) =>
    input.text.includes("wait here")
      ? new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)))
      : sentenceEngine.extract(input, signal);
  return {
    chooseEngine: () => ({ ...sentenceEngine, extract }),
    compileRate: () => ({ model: "builtin", price: { input: 0, output: 0 } }),
  };
});

const { db, url } = await testDatabase();
const notifications = new JobNotifications(url);
const worker = await startWorker({ url, db, jobs: [syncFace], sweepMs: 200 });
afterAll(() => closePool());
afterAll(() => notifications.close());
afterAll(() => worker.stop());

const newFace = async (ctx: Ctx) => (await createFace(ctx, CreateFaceInput.parse({ username: "alice" }))).id;
const add = (ctx: Ctx, face: string, content: string) => addTextDocument(ctx, { face, content, type: "document" });
const active = (face: string) => findActiveJob(db, "compile.sync", face);

async function ended(face: string): Promise<void> {
  for (let job = await active(face); job !== null; job = await active(face)) {
    await notifications.waitForJob(job.id, { timeoutMs: 200 });
  }
}

async function statements(ctx: Ctx, face: string): Promise<string[]> {
  const { items } = await listPrimitives(ctx, { face, limit: 200 });
  return items.map(({ statement }) => statement);
}

test("a sync that is cancelled leaves what it had compiled in the graph, as a version", async () => {
  const ctx = await testUser(db);
  const face = await newFace(ctx);
  await add(ctx, face, "I love crowds.");
  const { id } = await add(ctx, face, "I wait here.");
  await startSync(ctx, face);
  const isFirstRead = async () => (await db.chunk.count()) > 0;
  for (let job = await active(face); job !== null && !(await isFirstRead()); job = await active(face)) {
    await notifications.waitForJob(job.id, { timeoutMs: 50 });
  }
  await cancelSync(ctx, face);
  await ended(face);
  expect(await statements(ctx, face)).toEqual(["I love crowds."]);
  expect(await requireFaceView(ctx, face)).toMatchObject({ version: 1, sync_status: "pending" });
  expect(await db.document.findUnique({ where: { id } })).toMatchObject({ status: "pending", compiledVersion: null });
});

test("a sync that runs out of quota leaves what was paid in the graph", async () => {
  const ctx = await testUser(db, { plan: "free" });
  const face = await newFace(ctx);
  await add(ctx, face, "I love crowds.");
  const long = Array.from({ length: 900 }, (_each, n) => `I draw the map number ${n}.`).join("\n\n");
  expect((await add(ctx, face, long)).token_count).toBeGreaterThan(5000);
  await startSync(ctx, face);
  await ended(face);
  expect(await requireFaceView(ctx, face)).toMatchObject({ version: 1, sync_status: "payment_required" });
  expect(await statements(ctx, face)).toEqual(["I love crowds."]);
});
