import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST as transcribe } from "@/app/v1/faces/[face]/transcribe/route";
import { POST as upload } from "@/app/v1/faces/[face]/upload/route";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import type { Ctx } from "@/lib/auth/context";
import { charge, grant, readBalance } from "@/lib/billing/ledger";
import { showCompileQuota } from "@/lib/billing/show-compile-quota";
import { startSync } from "@/lib/compile/start-sync";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { createFace } from "@/lib/faces/create-face";
import { testCaller } from "@/lib/http/testing";
import { JobNotifications } from "@/lib/jobs/job-notifications";
import { findActiveJob } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
import { deleteDocument } from "@/lib/compile/delete-document";
import { silentMp3, toneWav } from "./media-testing";
import { readDocument } from "./require-document";
import type { DocumentView } from "./schemas";
import { transcribeDocument } from "./transcribe-document.job";
import type { TranscriptView } from "./transcribe-upload";

const provider = await startFakeProvider({ apiKey: "sk-speech" });
// settings are read once, at their first use
Object.assign(process.env, { TRANSCRIBE_BASE_URL: `${provider.url}/v1`, TRANSCRIBE_API_KEY: "sk-speech" });

const { db, url } = await testDatabase();
const notifications = new JobNotifications(url);
afterAll(closePool);
afterAll(() => notifications.close());
afterAll(() => provider.stop());

let ctx: Ctx;
let face: string;
let long: Buffer;

beforeAll(() => {
  // more than 1,200 seconds: two pieces
  long = toneWav(1_300, { rate: 8_000 });
});

beforeEach(async () => {
  provider.reset();
  ctx = await testUser(db);
  face = (await createFace(ctx, { username: "ada", aliases: [], basic_facts: "" })).id;
  await grant(db, { accountId: ctx.actor.accountId, amountMicroUsd: 1_000_000n, reference: "test" });
});

function form(bytes: Uint8Array, name: string, fields: Record<string, string> = {}): FormData {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) body.set(key, value);
  body.set("file", new Blob([new Uint8Array(bytes)]), name);
  return body;
}

async function send(bytes: Uint8Array, name = "talk.wav", fields: Record<string, string> = {}) {
  const caller = await testCaller(ctx);
  const answer = await caller.call(upload, { method: "POST", params: { face }, body: form(bytes, name, fields) });
  return { status: answer.status, document: (answer.body as { data: DocumentView }).data };
}

async function work(): Promise<void> {
  const worker = await startWorker({ url, db, jobs: [transcribeDocument], sweepMs: 200 });
  const documents = await db.document.findMany({ where: { faceId: face } });
  for (const { id } of documents) {
    for (let job = await findActiveJob(db, "documents.transcribe", id); job !== null;) {
      await notifications.waitForJob(job.id, { timeoutMs: 300 });
      job = await findActiveJob(db, "documents.transcribe", id);
    }
  }
  await worker.stop();
}

const read = (id: string) => readDocument(ctx, { face, document: id });
const spendAll = async () =>
  charge(db, { accountId: ctx.actor.accountId, amountMicroUsd: await balance(), reference: "all" });
const balance = async () => (await readBalance(db, ctx.actor.accountId)).balanceMicroUsd;
const charges = () => db.usageRecord.findMany({ where: { accountId: ctx.actor.accountId, kind: "transcription" } });

describe("an uploaded recording", () => {
  test("is kept, transcribed, and charged to credit by the second begun, never to the quota", async () => {
    const { status, document } = await send(toneWav(3.2), "talk.wav", { label: "A talk" });
    expect(status).toBe(202);
    expect(document).toMatchObject({ status: "transcribing", label: "A talk", format: "recording", token_count: 0 });
    expect(document.media_seconds).toBeCloseTo(3.2, 2);
    await work();
    const done = await read(document.id);
    expect(done).toMatchObject({ status: "pending", error: null, content: "I spoke for 3 seconds. I spoke up." });
    expect(done.token_count).toBeGreaterThan(5);
    // 4 seconds at 0.006 USD a minute
    expect(await balance()).toBe(1_000_000n - 400n);
    expect(await charges()).toMatchObject([
      { costMicroUsd: 400n, documentId: document.id, model: "whisper-1", quotaTokens: 0 },
    ]);
    expect((await showCompileQuota(ctx)).tokens_used).toBe(0);
    expect((await readBalance(db, ctx.actor.accountId)).reservedMicroUsd).toBe(0n);
  });

  test("sent twice is one document, and is heard once", async () => {
    const first = await send(toneWav(2));
    await work();
    const second = await send(toneWav(2), "copy.wav");
    expect([second.status, second.document.id, second.document.status]).toEqual([201, first.document.id, "pending"]);
    expect(provider.requests).toHaveLength(1);
  });

  test("is heard again while the server is busy or broken, and charged once", async () => {
    provider.fault({ kind: "status", status: 429, retryAfterSeconds: 0 });
    provider.fault({ kind: "status", status: 503 });
    provider.fault({ kind: "cut" });
    const { document } = await send(toneWav(2));
    await work();
    expect((await read(document.id)).status).toBe("pending");
    expect(provider.requests).toHaveLength(4);
    expect(await charges()).toHaveLength(1);
  });

  test("too long for one request goes in pieces; a piece that was heard is not heard again", async () => {
    const { document } = await send(long);
    provider.fault([]);
    provider.fault({ kind: "status", status: 400, message: "This audio is strange." });
    await work();
    const failed = await read(document.id);
    expect(failed).toMatchObject({ status: "failed" });
    expect(failed.error).toContain("This audio is strange.");
    expect(await charges()).toEqual([]);
    expect((await readBalance(db, ctx.actor.accountId)).reservedMicroUsd).toBe(0n);
    expect(provider.requests).toHaveLength(2);
    await startSync(ctx, face);
    expect((await read(document.id)).status).toBe("transcribing");
    await work();
    const { content, status } = await read(document.id);
    expect(status).toBe("pending");
    const seconds = [...content.matchAll(/I spoke for (\d+) seconds/g)].map(([, number]) => Number(number));
    expect(seconds).toHaveLength(2);
    expect((seconds[0] ?? 0) + (seconds[1] ?? 0)).toBeGreaterThanOrEqual(1299);
    // the first piece once, the second twice
    expect(provider.requests).toHaveLength(3);
    expect(await charges()).toMatchObject([{ costMicroUsd: 130_000n }]);
  });

  test("waits for credit, and is taken up by the next sync", async () => {
    await spendAll();
    const { document } = await send(toneWav(2));
    await work();
    const failed = await read(document.id);
    expect(failed).toMatchObject({ status: "failed" });
    expect(failed.error).toMatch(/costs \$0\.0002 and \$0\.0000 of credit is available\. Add credit/);
    expect(provider.requests).toEqual([]);
    await grant(db, { accountId: ctx.actor.accountId, amountMicroUsd: 200n, reference: "top-up" });
    await startSync(ctx, face);
    await work();
    expect((await read(document.id)).status).toBe("pending");
    expect(await balance()).toBe(0n);
  });

  test("deleted meanwhile stays deleted", async () => {
    const { document } = await send(toneWav(2));
    await deleteDocument(ctx, { face, document: document.id });
    await work();
    expect(await db.document.count({ where: { id: document.id } })).toBe(0);
    expect(provider.requests).toEqual([]);
  });

  test("without sound in it is refused at once", async () => {
    const answer = await send(Buffer.concat([toneWav(1).subarray(0, 12), Buffer.alloc(6000, 1)]), "x.wav");
    expect(answer.status).toBe(422);
  });
});

describe("POST /transcribe", () => {
  const call = async (bytes: Uint8Array, name = "talk.wav") => {
    const caller = await testCaller(ctx);
    const answer = await caller.call(transcribe, { method: "POST", params: { face }, body: form(bytes, name) });
    return { status: answer.status, body: answer.body as { data: TranscriptView; detail: string } };
  };

  test("gives text and utterances, charges for them, and stores nothing", async () => {
    const { status, body } = await call(toneWav(3));
    expect(status).toBe(200);
    expect(body.data).toEqual({
      text: "I spoke for 3 seconds. I spoke up.",
      language: "english",
      duration_seconds: 3,
      utterances: [
        { start: 0, end: 2, speaker: null, text: "I spoke for 3 seconds." },
        { start: 2, end: 4, speaker: null, text: "I spoke up." },
      ],
      cost_usd: 0.0003,
    });
    expect(await balance()).toBe(1_000_000n - 300n);
    expect(await db.document.count({ where: { faceId: face } })).toBe(0);
    expect(provider.requests[0]?.body).toMatchObject({ model: "whisper-1", response_format: "verbose_json" });
  });

  test("takes MP3 as it is", async () => {
    const mp3 = silentMp3(2);
    expect((await call(mp3, "a.mp3")).body.data.text).toBe(`A recording named recording.mp3 of ${mp3.length} bytes.`);
  });

  test("says why not: no recording, no sound, no credit, a server that refuses, somebody else's face", async () => {
    expect((await call(Buffer.from("just text"), "a.txt")).status).toBe(415);
    expect((await call(Buffer.concat([toneWav(1).subarray(0, 12), Buffer.alloc(6000, 1)]), "x.wav")).status).toBe(422);
    provider.fault({ kind: "status", status: 401, message: "Bad key." });
    const refused = await call(toneWav(1));
    expect([refused.status, refused.body.detail]).toEqual([
      502,
      "The speech model's server answered with status 401: Bad key.",
    ]);
    expect((await readBalance(db, ctx.actor.accountId)).reservedMicroUsd).toBe(0n);
    expect(await balance()).toBe(1_000_000n);
    await spendAll();
    expect((await call(toneWav(1))).status).toBe(402);
    ctx = await testUser(db);
    expect((await call(toneWav(1))).status).toBe(404);
  });
});
