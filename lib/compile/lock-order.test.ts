import { afterAll, expect, test } from "vitest";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { addTextDocument } from "@/lib/documents/add-document";
import { createFace } from "@/lib/faces/create-face";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { findActiveJob } from "@/lib/jobs/queue";
import { startWorker } from "@/lib/jobs/worker";
import { startSync } from "./start-sync";
import { syncFace } from "./sync-face.job";

const { db, url } = await testDatabase();
afterAll(closePool);

const book = Array.from({ length: 120 }, (_each, n) => `I never forget what happened in house number ${n}.`).join(
  "\n\n",
);

test("pressing sync while pieces are stored never makes the two wait for each other", async () => {
  const ctx = await testUser(db);
  const face = await createFace(ctx, CreateFaceInput.parse({ username: "alice" }));
  await addTextDocument(ctx, { face: face.id, content: book, type: "document" });
  await startSync(ctx, face.id);
  const worker = await startWorker({ url, db, jobs: [syncFace] });
  while ((await findActiveJob(db, "compile.sync", face.id)) !== null) {
    await Promise.all(Array.from({ length: 4 }, () => startSync(ctx, face.id)));
  }
  await worker.stop();
  await db.$disconnect();
  const [row] = await db.$queryRaw<{ deadlocks: bigint }[]>`
    SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`;
  expect(row?.deadlocks).toBe(0n);
});
