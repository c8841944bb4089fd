import type { Ctx } from "@/lib/auth/context";
import { newId } from "@/lib/ids";
import { findActiveJob } from "@/lib/jobs/queue";
import type { JobNotifications } from "@/lib/jobs/job-notifications";
import { startWorker } from "@/lib/jobs/worker";
import { store } from "@/lib/storage/store";
import { makePortraits } from "./make-portraits.job";

type TestTune = { branch?: string; faceId?: string; title?: string; expiresAt?: Date; modelType?: string };

/** A tune of the caller's with one photo, as intake would store it; not a photo of anybody. @returns its number */
export async function testTune(
  ctx: Ctx,
  { branch, faceId, title = "Ann", expiresAt, modelType }: TestTune = {},
): Promise<number> {
  const id = newId("photo");
  const storageKey = `portraits/photos/${id}`;
  await store().put(storageKey, new Uint8Array([0xff, 0xd8, 0xff]), { contentType: "image/jpeg" });
  const box = { x: 100, y: 100, width: 200, height: 200 };
  const reading = { box, confidence: 1, yaw: 0, pitch: 0, roll: 0, sharpness: 900, light: 0.5 };
  const photo = { id, position: 0, fileName: "a.jpg", storageKey, mimeType: "image/jpeg", width: 400, height: 400 };
  const consent = { by: "person", how: "checkbox", text: "She agrees.", at: new Date().toISOString() };
  const tune = await ctx.db.tune.create({
    data: {
      ...{
        accountId: ctx.actor.accountId,
        title,
        name: "woman",
        isApi: true,
        consent,
        modelType: modelType ?? "faceid",
      },
      ...{ branch: branch ?? null, faceId: faceId ?? null },
      expiresAt: expiresAt ?? new Date(Date.now() + 86_400_000),
      photos: { create: [{ ...photo, byteSize: 3, reading, descriptor: Buffer.alloc(512, 1) }] },
    },
  });
  return tune.id;
}

/** Lets a worker make the orders that wait, and ends it. */
export async function makeAll(ctx: Ctx, url: string, notifications: JobNotifications): Promise<void> {
  const worker = await startWorker({ url, db: ctx.db, jobs: [makePortraits], sweepMs: 200 });
  try {
    const rows = await ctx.db.prompt.findMany({ where: { accountId: ctx.actor.accountId } });
    for (const { id } of rows) {
      for (let job = await findActiveJob(ctx.db, makePortraits.name, String(id)); job !== null;) {
        await notifications.waitForJob(job.id, { timeoutMs: 300 });
        job = await findActiveJob(ctx.db, makePortraits.name, String(id));
      }
    }
  } finally {
    await worker.stop();
  }
}
