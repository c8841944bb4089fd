import { spawn } from "node:child_process";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { chargeCompile } from "@/lib/billing/charge-compile";
import { grant, readBalance } from "@/lib/billing/ledger";
import { showCompileQuota } from "@/lib/billing/show-compile-quota";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import type { Ctx } from "@/lib/auth/context";
import { addTextDocument } from "@/lib/documents/add-document";
import { updateDocument } from "@/lib/documents/update-document";
import { readDocument } from "@/lib/documents/require-document";
import { createFace } from "@/lib/faces/create-face";
import { requireFaceView } from "@/lib/faces/require-face-view";
import { CreateFaceInput, type FaceView } from "@/lib/faces/schemas";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";
import { JobNotifications } from "@/lib/jobs/job-notifications";
import { findActiveJob } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
import { deleteDocument } from "./delete-document";
import { buildGraph, graphHash } from "./graph";
import { listPrimitives } from "./list-primitives";
import { parseStatements, readCompiledSources, readStatementPages } from "./read-statements";
import { startSync } from "./start-sync";
import { syncFace } from "./sync-face.job";
import { updatePrimitive } from "./update-primitive";

const { db, url } = await testDatabase();
const notifications = new JobNotifications(url);
const waitForJob: JobNotifications["waitForJob"] = (id, options) => notifications.waitForJob(id, options);
afterAll(closePool);
afterAll(() => notifications.close());

const journal = [
  "I am a stubborn person. I grew up above a bakery in Lübeck. I hate mood boards.",
  "I always sketch on paper before I touch a screen. I am afraid of deep water. I never answer e-mail before noon.",
  "I believe that people are kinder than they look. Honesty matters more to me than being liked.",
].join("\n\n");
const letters = "I hate mood boards. I love night trains. When I am tired I become short with people. I trust my gut.";
/** Long enough for many pieces: numbered, so that no two sentences are the same. */
const book = Array.from(
  { length: 310 },
  (_each, n) => `I never forget what happened in house number ${n}. The street was wet and empty.`,
).join("\n\n");

let ctx: Ctx;
let face: FaceView;
beforeEach(async () => {
  ctx = await testUser(db);
  face = await createFace(ctx, CreateFaceInput.parse({ username: "alice" }));
});

const add = (content: string, ref = face.id) => addTextDocument(ctx, { face: ref, content, type: "document" });

/** Runs workers until the face's sync is over. */
async function sync(ref = face.id, workers = 1): Promise<FaceView> {
  await startSync(ctx, ref);
  return finish(ref, workers);
}

async function finish(ref = face.id, workers = 1): Promise<FaceView> {
  const started = await Promise.all(
    Array.from({ length: workers }, () => startWorker({ url, db, jobs: [syncFace], sweepMs: 200 })),
  );
  for (let job = await active(ref); job !== null; job = await active(ref)) await waitForJob(job.id, { timeoutMs: 300 });
  await Promise.all(started.map((worker) => worker.stop()));
  return requireFaceView(ctx, ref);
}

const active = (ref: string) => findActiveJob(db, "compile.sync", ref);

async function hashOf(ref: string): Promise<string> {
  const sources = await readCompiledSources(db, ref);
  const statements = parseStatements(await readStatementPages(db, sources), sources);
  return graphHash(buildGraph(statements, 0.6), statements);
}

describe("a sync", () => {
  test("ends synced, and every quote stands verbatim at its offsets", async () => {
    const document = await add(journal);
    const synced = await sync();
    expect(synced).toMatchObject({ sync_status: "synced", version: 1 });
    const { content } = await readDocument(ctx, { face: face.id, document: document.id });
    const { items } = await listPrimitives(ctx, { face: face.id, limit: 200 });
    expect(items.length).toBeGreaterThan(4);
    for (const { start, end, quote } of items.flatMap(({ provenance }) => provenance)) {
      expect(content.slice(start, end)).toBe(quote);
    }
  });

  test("charges exactly the quote, and nothing when pressed again", async () => {
    const document = await add(journal);
    await sync();
    await sync();
    const quota = await showCompileQuota(ctx);
    expect(quota.tokens_used).toBe(document.token_count);
    expect(quota.faces).toEqual([
      {
        face_id: face.id,
        username: "alice",
        tokens_in_graph: document.token_count,
        tokens_charged_period: document.token_count,
        tokens_charged_alltime: document.token_count,
      },
    ]);
  });

  test("pressed twenty times at once is one job", async () => {
    await add(journal);
    const answers = await Promise.all(Array.from({ length: 20 }, () => startSync(ctx, face.id)));
    expect(new Set(answers.map(({ view }) => ("job_id" in view ? view.job_id : null))).size).toBe(1);
    expect((await finish()).sync_status).toBe("synced");
  });

  test("with two workers compiles each piece once", async () => {
    const document = await add(book);
    expect((await sync(face.id, 2)).sync_status).toBe("synced");
    const records = await db.usageRecord.findMany({ where: { documentId: document.id } });
    expect(records).toHaveLength(document.chunks_total);
    expect(records.reduce((sum, { inputTokens }) => sum + inputTokens, 0)).toBe(document.token_count);
  });

  test("whose worker is killed half-way goes on behind the last stored piece, without a double charge", async () => {
    const document = await add(book);
    await startSync(ctx, face.id);
    const child = spawn(process.execPath, ["--import", "tsx", "--conditions=react-server", "lib/jobs/worker-main.ts"], {
      env: { ...process.env, DATABASE_URL: url, SAMPLE_FACE: "false" },
      stdio: "ignore",
    });
    const isHalfWay = async () => (await db.chunk.count({ where: { documentId: document.id } })) >= 3;
    for (let job = await active(face.id); job !== null && !(await isHalfWay()); job = await active(face.id)) {
      await waitForJob(job.id, { timeoutMs: 50 });
    }
    child.kill("SIGKILL");
    const stored = await db.chunk.findMany({ where: { documentId: document.id }, select: { id: true } });
    expect(stored.length).toBeLessThan(document.chunks_total);
    // the dead worker's lease is let run out at once, instead of waiting for it
    await db.job.updateMany({ where: { name: "compile.sync", key: face.id }, data: { leaseUntil: new Date(0) } });
    expect((await finish()).sync_status).toBe("synced");
    const chunks = await db.chunk.findMany({ where: { documentId: document.id } });
    expect(chunks.map(({ id }) => id)).toEqual(expect.arrayContaining(stored.map(({ id }) => id)));
    expect(chunks).toHaveLength(document.chunks_total);
    expect((await showCompileQuota(ctx)).tokens_used).toBe(document.token_count);
  });

  test("stops between two pieces when quota and credit are used up, and goes on once there is credit", async () => {
    ctx = await testUser(db, { plan: "free" });
    face = await createFace(ctx, CreateFaceInput.parse({ username: "alice" }));
    const document = await add(book);
    expect(document.token_count).toBeGreaterThan(5000);
    expect(await sync()).toMatchObject({
      sync_status: "payment_required",
      sync: { error: expect.stringContaining("quota") },
    });
    const { tokens_used } = await showCompileQuota(ctx);
    expect(tokens_used).toBeGreaterThan(4000);
    expect(tokens_used).toBeLessThanOrEqual(5000);
    await grant(db, { accountId: ctx.actor.accountId, amountMicroUsd: 1n, reference: "test" });
    expect((await sync()).sync_status).toBe("synced");
  });

  test("whose next piece fits into neither quota nor credit is refused with 402's code before it begins", async () => {
    ctx = await testUser(db, { plan: "free" });
    face = await createFace(ctx, CreateFaceInput.parse({ username: "alice" }));
    await add(book);
    expect((await sync()).sync_status).toBe("payment_required");
    await expect(startSync(ctx, face.id)).rejects.toMatchObject({ code: "quota_exceeded" });
    expect(await active(face.id)).toBeNull();
  });
});

describe("the quote of a sync", () => {
  const rate = { model: "gpt-4o-mini", price: { input: 1, output: 1 } };
  const charge = (costs: { documentId: string; reference: string; tokens: number }) =>
    transaction(db, (tx) =>
      chargeCompile(tx, { accountId: ctx.actor.accountId, apiKeyId: null, faceId: face.id, rate, ...costs }),
    );

  test("is never exceeded, also when the quota is used elsewhere meanwhile", async () => {
    await grant(db, { accountId: ctx.actor.accountId, amountMicroUsd: 1_000_000n, reference: "test" });
    const { id: documentId } = await add(letters);
    // all in the quota: the quote is nothing on credit
    await db.face.update({ where: { id: face.id }, data: { syncCreditMicroUsd: 0n } });
    await db.account.update({ where: { id: ctx.actor.accountId }, data: { plan: "free" } });
    await charge({ documentId, reference: "elsewhere", tokens: 5000 });
    await expect(charge({ documentId, reference: "here", tokens: 10 })).rejects.toMatchObject({
      code: "quota_exceeded",
    });
    expect((await readBalance(db, ctx.actor.accountId)).balanceMicroUsd).toBe(1_000_000n);
    await db.face.update({ where: { id: face.id }, data: { syncCreditMicroUsd: 20n } });
    await charge({ documentId, reference: "here", tokens: 10 });
    await charge({ documentId, reference: "here", tokens: 10 });
    expect((await readBalance(db, ctx.actor.accountId)).balanceMicroUsd).toBe(999_980n);
  });

  test("is charged to the key that asked, and stops at the key's budget", async () => {
    const { accountId } = ctx.actor;
    await grant(db, { accountId, amountMicroUsd: 1_000_000n, reference: "test" });
    const { id: documentId } = await add(letters);
    await db.account.update({ where: { id: accountId }, data: { plan: "free" } });
    await charge({ documentId, reference: `${documentId}:before`, tokens: 5000 });
    await db.face.update({ where: { id: face.id }, data: { syncCreditMicroUsd: 1_000_000n } });
    const { id: apiKeyId } = await createKey(ctx, CreateKeyInput.parse({ name: "capped", budget_usd: 0.00003 }));
    const costs = { accountId, apiKeyId, faceId: face.id, documentId, rate, tokens: 10 };
    await transaction(db, (tx) => chargeCompile(tx, { ...costs, reference: "first" }));
    const second = transaction(db, (tx) => chargeCompile(tx, { ...costs, reference: "second" }));
    await expect(second).rejects.toMatchObject({ code: "budget_exceeded" });
    expect((await readBalance(db, accountId)).balanceMicroUsd).toBe(999_980n);
    expect((await db.apiKey.findUniqueOrThrow({ where: { id: apiKeyId } })).spentMicroUsd).toBe(20n);
  });

  test("covers what was there: a text that comes later waits for the next press", async () => {
    const first = await add(journal);
    await startSync(ctx, face.id);
    const later = await add(letters);
    expect(await finish()).toMatchObject({ sync_status: "pending", document_counts: { total: 2, pending: 1 } });
    expect((await showCompileQuota(ctx)).tokens_used).toBe(first.token_count);
    expect((await sync()).sync_status).toBe("synced");
    expect((await showCompileQuota(ctx)).tokens_used).toBe(first.token_count + later.token_count);
  });
});

describe("deleting a document", () => {
  test("leaves the graph that compiling the rest gives, and gives the quota back", async () => {
    const first = await add(journal);
    const second = await add(letters);
    await sync();
    const receipt = await deleteDocument(ctx, { face: face.id, document: first.id });
    expect(receipt).toMatchObject({ deleted: true, tokens_released: first.token_count });
    expect(receipt.primitives_removed).toBeGreaterThan(0);
    expect((await showCompileQuota(ctx)).tokens_used).toBe(second.token_count);

    const fresh = await createFace(ctx, CreateFaceInput.parse({ username: "fresh" }));
    await add(letters, fresh.id);
    await sync(fresh.id);
    expect(await hashOf(face.id)).toBe(await hashOf(fresh.id));
    const [left, right] = await Promise.all(
      [face.id, fresh.id].map((ref) => listPrimitives(ctx, { face: ref, limit: 200 })),
    );
    const told = (page: typeof left) =>
      page?.items.map(({ statement, confidence, state }) => ({ statement, confidence, state }));
    expect(told(left)?.sort(byStatement)).toEqual(told(right)?.sort(byStatement));
    const orphans = await db.primitive.count({ where: { faceId: face.id, statements: { none: {} } } });
    expect(orphans).toBe(0);
  });

  test("during its sync is not undone by the sync", async () => {
    const document = await add(book);
    const kept = await add(letters);
    await startSync(ctx, face.id);
    const worker = await startWorker({ url, db, jobs: [syncFace] });
    const hasBegun = async () => (await db.chunk.count({ where: { documentId: document.id } })) > 0;
    for (let job = await active(face.id); job !== null && !(await hasBegun()); job = await active(face.id)) {
      await waitForJob(job.id, { timeoutMs: 50 });
    }
    await deleteDocument(ctx, { face: face.id, document: document.id });
    await worker.stop();
    expect((await finish()).sync_status).toBe("synced");
    expect(await db.statementRow.count({ where: { documentId: document.id } })).toBe(0);
    expect((await showCompileQuota(ctx)).tokens_used).toBe(kept.token_count);
  });
});

describe("an edited document", () => {
  test("lets its original be uploaded beside it, and never becomes a second copy of another", async () => {
    const document = await add(journal);
    await updateDocument(ctx, { face: face.id, document: document.id, content: letters });
    const original = await add(journal);
    expect(original.id).not.toBe(document.id);
    const copied = updateDocument(ctx, { face: face.id, document: document.id, content: journal });
    await expect(copied).rejects.toMatchObject({ code: "conflict" });
  });

  test("keeps its old version in the graph until the new one is compiled, and leaves nothing of it then", async () => {
    const document = await add(journal);
    await sync();
    const edited = await updateDocument(ctx, { face: face.id, document: document.id, content: letters });
    expect(edited).toMatchObject({ version: 2, status: "pending" });
    const before = await listPrimitives(ctx, { face: face.id, limit: 200 });
    expect(before.items.flatMap(({ provenance }) => provenance.map(({ version }) => version))).not.toContain(2);
    await sync();
    const after = await listPrimitives(ctx, { face: face.id, limit: 200 });
    expect(new Set(after.items.flatMap(({ provenance }) => provenance.map(({ version }) => version)))).toEqual(
      new Set([2]),
    );
  });
});

describe("what the owner changed", () => {
  test("stays when the graph is linked anew", async () => {
    await add(journal);
    await sync();
    const { items } = await listPrimitives(ctx, { face: face.id, limit: 200, q: "Honesty" });
    const id = items[0]?.id ?? "";
    await updatePrimitive(ctx, { face: face.id, primitive: id, statement: "Honesty first.", pinned: true });
    await add(letters);
    await sync();
    const { items: after } = await listPrimitives(ctx, { face: face.id, limit: 200 });
    expect(after[0]).toMatchObject({ id, statement: "Honesty first.", pinned: true, edited: true });
    await db.primitive.update({ where: { id }, data: { state: "draft" } });
    const idsOf = async (state: "active" | "draft") =>
      (await listPrimitives(ctx, { face: face.id, limit: 200, state })).items.map((item) => item.id);
    expect(await idsOf("active")).toContain(id);
    expect(await idsOf("draft")).not.toContain(id);
  });
});

const byStatement = (a: { statement: string }, b: { statement: string }) => (a.statement < b.statement ? -1 : 1);
