import { afterAll, expect, test } from "vitest";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { addTextDocument } from "@/lib/documents/add-document";
import { createFace } from "@/lib/faces/create-face";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { findActiveJob } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
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
