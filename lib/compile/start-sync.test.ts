import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { grantCredit } from "@/lib/billing/grant-credit";
import { grant, readBalance } from "@/lib/billing/ledger";
import { setOverflow } from "@/lib/billing/set-overflow";
import { showCompileQuota } from "@/lib/billing/show-compile-quota";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { addTextDocument } from "@/lib/documents/add-document";
import { updateDocument } from "@/lib/documents/update-document";
import { createFace } from "@/lib/faces/create-face";
import { requireFace } from "@/lib/faces/require-face";
import { requireFaceView } from "@/lib/faces/require-face-view";
import { CreateFaceInput, type FaceView } from "@/lib/faces/schemas";
import { newId } from "@/lib/ids";
import { JobNotifications } from "@/lib/jobs/job-notifications";
import { findActiveJob } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
import { cancelSync } from "./cancel-sync";
import { deleteDocument } from "./delete-document";
import { quoteSync } from "./quote-sync";
import { resumeSyncs } from "./resume-syncs";
import { showVoice } from "./show-voice";
import { startSync } from "./start-sync";
import { syncEvents, type SyncSummary } from "./sync-events";
import { syncFace } from "./sync-face.job";

const { db, url } = await testDatabase();
const notifications = new JobNotifications(url);
// the stream of a sync listens through the process's own connection: in this file it is this database's
Object.assign(globalThis, { facesJobNotifications: notifications });
afterAll(closePool);
afterAll(() => notifications.close());

const journal = "I am a stubborn person. I hate mood boards. I never answer e-mail before noon. Honesty matters to me.";
const letters = "I hate mood boards. I love night trains. I trust my gut.";
const thread = "Ann: I never lie about work.\nBob: haha really?\nAnn: Never. I hate the phone.\nBob: ok :)";
/** Some pieces long: numbered, so that no two sentences are the same. */
const book = Array.from({ length: 90 }, (_each, n) => `I never forget house number ${n}. The street was wet.`).join(
  "\n\n",
);

let ctx: Ctx;
let face: FaceView;
beforeEach(() => begin("pro"));

async function begin(plan: string): Promise<void> {
  ctx = await testUser(db, { plan, isAdmin: true });
  face = await createFace(ctx, CreateFaceInput.parse({ username: "alice" }));
}

const add = (content: string, type: "document" | "thread" = "document") =>
  addTextDocument(ctx, { face: face.id, content, type, ...(type === "thread" ? { face_speaker: "Ann" } : {}) });
/** As if so many tokens of the free quota had been used for something else. */
const useUp = (tokens: number) =>
  db.usageRecord.create({
    data: {
      ...{
        id: newId("usage"),
        accountId: ctx.actor.accountId,
        kind: "compile",
        model: "builtin",
        reference: newId("usage"),
      },
      ...{ inputTokens: tokens, quotaTokens: tokens, documentId: "doc_elsewhere" },
    },
  });
const active = () => findActiveJob(db, "compile.sync", face.id);
const view = () => requireFaceView(ctx, face.id);

/** Runs a worker until no sync of the face is left. */
async function work(): Promise<FaceView> {
  const worker = await startWorker({ url, db, jobs: [syncFace], sweepMs: 200 });
  for (let job = await active(); job !== null; job = await active()) {
    await notifications.waitForJob(job.id, { timeoutMs: 300 });
  }
  await worker.stop();
  return view();
}

async function sync(): Promise<FaceView> {
  await startSync(ctx, face.id);
  return work();
}

/** All events of the face's sync, and a worker that does it. */
async function eventsOf(): Promise<{ progress: number; summary: SyncSummary }> {
  const events: { event: string; data: unknown }[] = [];
  const reading = (async () => {
    for await (const event of syncEvents(ctx, await requireFace(ctx, face.id))) events.push(event);
  })();
  await work();
  await reading;
  const last = events.at(-1);
  if (last?.event !== "summary") throw new Error("The stream ended without a summary.");
  return { progress: events.length - 1, summary: last.data as SyncSummary };
}

describe("the stream of a sync", () => {
  test("ends with what it did: texts, statements, primitives, findings, tokens, seconds and the version", async () => {
    await add(journal);
    const quote = await quoteSync(ctx, face.id);
    await startSync(ctx, face.id);
    const { progress, summary } = await eventsOf();
    expect(progress).toBeGreaterThan(0);
    expect(summary).toMatchObject({ sync_status: "synced", version: 1, error: null });
    expect(summary.result).toMatchObject({
      documents: 1,
      findings: 0,
      cost_usd: 0,
      tokens_charged: quote.tokens_estimated,
    });
    const { statements, primitives, seconds } = summary.result ?? {
      statements: 0,
      primitives: { added: 0 },
      seconds: 0,
    };
    expect(primitives).toMatchObject({ added: statements, removed: 0, merged: 0 });
    expect(statements).toBeGreaterThan(2);
    expect(seconds).toBeGreaterThan(0);
  });

  test("tells what an edit took out, and what only confirmed what was there", async () => {
    const document = await add(journal);
    await sync();
    const before = await db.primitive.count({ where: { faceId: face.id } });
    await updateDocument(ctx, {
      face: face.id,
      document: document.id,
      content: "I hate mood boards. I am a stubborn person.",
    });
    await startSync(ctx, face.id);
    const { summary } = await eventsOf();
    const { primitives } = summary.result ?? {};
    expect(primitives).toMatchObject({ added: 0, removed: before - 2, merged: 2 });
    expect(summary.version).toBe(2);
    expect(summary.result?.versions).toEqual({ from: 1, to: 2 });
  });

  test("of a face that is not syncing is the summary alone, and null before the first sync", async () => {
    expect((await eventsOf()).summary).toMatchObject({ sync_status: "empty", result: null });
    await add(letters);
    await sync();
    expect(await eventsOf()).toMatchObject({
      progress: 0,
      summary: { sync_status: "synced", result: { documents: 1 } },
    });
  });
});

describe("a sync that ran out of quota and credit", () => {
  beforeEach(() => begin("free"));

  async function runOut(): Promise<void> {
    await useUp(4_100);
    await add(book);
    expect((await sync()).sync_status).toBe("payment_required");
    expect(await resumeSyncs(db, ctx.actor.accountId)).toBe(0);
  }

  test("goes on by itself after a top-up, behind the last stored piece, without what was uploaded since", async () => {
    await runOut();
    const stored = await db.chunk.findMany({ where: { document: { faceId: face.id } }, select: { id: true } });
    await add(letters);
    await grantCredit(ctx, { amount_usd: 1_000n });
    expect(await resumeSyncs(db, ctx.actor.accountId)).toBe(1);
    expect(await resumeSyncs(db, ctx.actor.accountId)).toBe(0);
    expect(await work()).toMatchObject({ sync_status: "pending", document_counts: { total: 2, pending: 1 } });
    const after = await db.chunk.findMany({ where: { document: { faceId: face.id } }, select: { id: true } });
    expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(stored.map(({ id }) => id)));
  });

  test("goes on at the reset of its period and when deleting gives quota back, not while credit is switched off", async () => {
    await runOut();
    await grant(db, { accountId: ctx.actor.accountId, amountMicroUsd: 5n, reference: "t" });
    await setOverflow(ctx, { overflow_enabled: false });
    expect(await resumeSyncs(db)).toBe(0);
    await db.account.update({ where: { id: ctx.actor.accountId }, data: { plan: "standard" } });
    await db.$executeRaw`UPDATE usage_records SET quota_tokens = 50000 WHERE id = (
      SELECT id FROM usage_records WHERE account_id = ${ctx.actor.accountId} LIMIT 1)`;
    expect(await resumeSyncs(db)).toBe(0);
    await db.$executeRaw`UPDATE accounts SET plan_started_at = plan_started_at - interval '30 days' WHERE id = ${ctx.actor.accountId}`;
    await db.$executeRaw`UPDATE usage_records SET created_at = created_at - interval '30 days' WHERE account_id = ${ctx.actor.accountId}`;
    expect(await resumeSyncs(db)).toBe(1);
    expect((await work()).sync_status).toBe("synced");
  });

  test("stays stopped once it is cancelled, until it is pressed again", async () => {
    await runOut();
    await grantCredit(ctx, { amount_usd: 1_000n });
    expect(await cancelSync(ctx, face.id)).toMatchObject({ cancelled: true });
    expect(await resumeSyncs(db, ctx.actor.accountId)).toBe(0);
    expect((await view()).sync_status).toBe("pending");
    await startSync(ctx, face.id);
    expect((await work()).sync_status).toBe("synced");
  });

  test("stays stopped where its text was deleted or its account is frozen", async () => {
    await runOut();
    await grantCredit(ctx, { amount_usd: 1_000n });
    await db.account.update({ where: { id: ctx.actor.accountId }, data: { isFrozen: true } });
    expect(await resumeSyncs(db, ctx.actor.accountId)).toBe(0);
    await db.account.update({ where: { id: ctx.actor.accountId }, data: { isFrozen: false } });
    const [document] = await db.document.findMany({ where: { faceId: face.id } });
    await deleteDocument(ctx, { face: face.id, document: document?.id ?? "" });
    expect(await resumeSyncs(db, ctx.actor.accountId)).toBe(0);
    expect((await showCompileQuota(ctx)).tokens_used).toBe(4_100);
  });
});

describe("two faces that sync at once", () => {
  test("share the account's last tokens: never more than the quota, never less than fits", async () => {
    await begin("free");
    const other = await createFace(ctx, CreateFaceInput.parse({ username: "bert" }));
    await useUp(3_500);
    await add(book);
    await addTextDocument(ctx, { face: other.id, content: `A book. ${book}`, type: "document" });
    await Promise.all([startSync(ctx, face.id), startSync(ctx, other.id)]);
    const worker = await startWorker({ url, db, jobs: [syncFace], concurrency: 2 });
    for (const ref of [face.id, other.id]) {
      for (
        let job = await findActiveJob(db, "compile.sync", ref);
        job;
        job = await findActiveJob(db, "compile.sync", ref)
      )
        await notifications.waitForJob(job.id, { timeoutMs: 300 });
    }
    await worker.stop();
    const quota = await showCompileQuota(ctx);
    expect(quota.tokens_used).toBeLessThanOrEqual(5_000);
    expect(quota.tokens_used).toBeGreaterThan(5_000 - 800);
    expect(quota.faces.reduce((sum, each) => sum + each.tokens_charged_period, 3_500)).toBe(quota.tokens_used);
    expect((await readBalance(db, ctx.actor.accountId)).balanceMicroUsd).toBe(0n);
    const statuses = await Promise.all(
      [face.id, other.id].map(async (ref) => (await requireFaceView(ctx, ref)).sync_status),
    );
    expect(statuses).toEqual(["payment_required", "payment_required"]);
  });
});

describe("the voice of a face", () => {
  test("is there once its thread is compiled, is somebody else's secret, and leaves with the thread", async () => {
    const document = await add(thread, "thread");
    expect(await showVoice(ctx, face.id)).toBeNull();
    await sync();
    const voice = await showVoice(ctx, "alice");
    expect(voice).toMatchObject({ turns: 2, other_turns: 2, threads: 1 });
    for (const { document_id, start, end, text } of voice?.exemplars ?? []) {
      expect(document_id).toBe(document.id);
      expect(thread.slice(start, end)).toBe(text);
    }
    await expect(showVoice(await testUser(db), face.id)).rejects.toMatchObject({ code: "not_found" });
  });
});
