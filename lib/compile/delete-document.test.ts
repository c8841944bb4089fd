import { afterAll, expect, test } from "vitest";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { addTextDocument } from "@/lib/documents/add-document";
import { createFace } from "@/lib/faces/create-face";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { findActiveJob } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
import { DELETE as deleteRoute } from "@/app/v1/faces/[face]/documents/[document]/route";
import { testCaller } from "@/lib/http/testing";
import { deleteDocument } from "./delete-document";
import { startSync } from "./start-sync";
import { syncFace } from "./sync-face.job";

const { db, url } = await testDatabase();
afterAll(closePool);

const thread = "alice: i never sleep before a launch, honestly\nbob: why not?\nalice: because the trains keep me awake";

test("a deleted thread leaves no line of it in the voice, and a text that never was compiled leaves all as it is", async () => {
  const ctx = await testUser(db);
  const face = await createFace(ctx, CreateFaceInput.parse({ username: "alice" }));
  const input = { face: face.id, content: thread, type: "thread", face_speaker: "alice" } as const;
  const document = await addTextDocument(ctx, input);
  await startSync(ctx, face.id);
  const worker = await startWorker({ url, db, jobs: [syncFace] });
  await expect.poll(() => findActiveJob(db, "compile.sync", face.id), { timeout: 20_000 }).toBeNull();
  await worker.stop();
  const read = () => db.face.findUniqueOrThrow({ where: { id: face.id } });
  expect(await read()).toMatchObject({ voice: { turns: 2 }, version: 1 });

  const pending = await addTextDocument(ctx, { face: face.id, content: "I love tea.", type: "document" });
  const { version } = await read();
  await deleteDocument(ctx, { face: face.id, document: pending.id });
  expect((await read()).version).toBe(version);

  await deleteDocument(ctx, { face: face.id, document: document.id });
  expect(await read()).toMatchObject({ voice: null, version: version + 1 });
});

test("asked for the receipt alone, nothing goes, and the deletion leaves exactly that receipt", async () => {
  const ctx = await testUser(db);
  const caller = await testCaller(ctx);
  const stranger = await testCaller(await testUser(db));
  const face = await createFace(ctx, CreateFaceInput.parse({ username: "ann" }));
  const add = (content: string) => addTextDocument(ctx, { face: face.id, content, type: "document" });
  const first = await add("I love tea. I never eat breakfast. I believe that maps are honest.");
  await add("I love tea. I hate crowds.");
  await startSync(ctx, face.id);
  const worker = await startWorker({ url, db, jobs: [syncFace] });
  await expect.poll(() => findActiveJob(db, "compile.sync", face.id), { timeout: 20_000 }).toBeNull();
  await worker.stop();
  const waiting = await add("I draw old maps.");

  const ask = async (document: string, query: string, who = caller) => {
    const { status, body } = await who.call(deleteRoute, {
      method: "DELETE",
      params: { face: face.id, document },
      query,
    });
    return { status, data: (body as { data?: object }).data };
  };
  const before = await db.primitive.count({ where: { faceId: face.id } });
  const dry = await ask(first.id, "?dry_run=true");
  expect(dry).toMatchObject({ status: 200, data: { deleted: false, tokens_released: first.token_count } });
  expect(await db.primitive.count({ where: { faceId: face.id } })).toBe(before);
  expect((await ask(waiting.id, "?dry_run=1")).data).toEqual({
    deleted: false,
    primitives_removed: 0,
    primitives_kept: 0,
    tokens_released: 0,
  });
  expect((await ask(first.id, "?dry_run=true", stranger)).status).toBe(404);
  expect((await ask(first.id, "?dry_run=perhaps")).status).toBe(422);

  expect((await ask(first.id, "")).data).toEqual({ ...dry.data, deleted: true });
  expect(dry.data).toMatchObject({ primitives_kept: 1 });
  expect((await ask(first.id, "?dry_run=true")).status).toBe(404);
});
