import { z } from "zod";
import { AppError } from "@/lib/errors";
import { defineJob, type JobContext } from "@/lib/jobs/define-job";
import { readObject } from "@/lib/storage/read-object";
import { smallKeyOf } from "@/lib/storage/signed-file";
import { store } from "@/lib/storage/store";
import { infer } from "@/lib/studio/inference";
import { descriptorToBytes } from "@/lib/vision/descriptor-bytes";
import { FaceReading } from "@/lib/vision/face-reading";
import { announceObject } from "./tune-orphans";

const Finding = z.object({ code: z.string(), message: z.string() });

/** What was found in a photo. Where there is a problem there is nothing else; what is good lies in the store. */
export const InspectedPhoto = z.object({
  problem: Finding.nullable(),
  warnings: z.array(Finding),
  reading: FaceReading.nullable(),
  /** 128 floats, little-endian, base64 */
  descriptor: z.string().nullable(),
  file: z.object({ mimeType: z.string(), width: z.number(), height: z.number(), byteSize: z.number() }).nullable(),
});
export type InspectedPhoto = z.infer<typeof InspectedPhoto>;

/** A photo as it came, in the store. */
const RawPhoto = z.object({
  rawKey: z.string(),
  /** as whoever reads a sentence about it knows it: photo 2 (me.jpg) */
  name: z.string(),
  /** where it goes when it is good; null: it is only looked at */
  key: z.string().nullable(),
});
export type RawPhoto = z.infer<typeof RawPhoto>;

const photoTimeoutMs = 40_000;
const maxAttempts = 2;

/**
 * Looks at photos in the process where strangers' images are decoded. What was found stands in the job's steps, one
 * for each photo, for whoever waits for it; good ones lie in the store, upright and without their metadata.
 */
export const inspectPhotos = defineJob({
  name: "portraits.inspect",
  payload: z.object({ accountId: z.string(), photos: z.array(RawPhoto) }),
  maxAttempts,
  leaseSeconds: 30,
  permanentErrors: ["not_found"],

  async run({ photos }, job) {
    for (const [at, photo] of photos.entries()) await job.step(stepOf(at), () => inspect(photo, job));
  },
});

/** The step that holds what was found in a photo. */
export function stepOf(at: number): string {
  return `photo ${at}`;
}

async function inspect({ rawKey, name, key }: RawPhoto, job: JobContext): Promise<InspectedPhoto> {
  const { signal } = job;
  const bytes = await readObject(rawKey, signal);
  const found = await look(name, bytes, job);
  if ("code" in found) return { problem: found, warnings: [], reading: null, descriptor: null, file: null };
  const { problem, warnings, photo, small, reading, descriptor } = found;
  if (problem !== null || photo === null || reading === null || descriptor === null) {
    const unclear = { code: "unreadable", message: `${name} could not be looked at.` };
    return { problem: problem ?? unclear, warnings: [], reading, descriptor: null, file: null };
  }
  if (key !== null) {
    // only by whoever holds the job: another may have ended it, and the photo be in use already
    await job.transaction((tx) => announceObject(tx, key));
    await store().put(key, photo.bytes, { contentType: photo.mimeType, signal });
    if (small !== null) await store().put(smallKeyOf(key), small.bytes, { contentType: small.mimeType, signal });
  }
  const { mimeType, width, height } = photo;
  return {
    problem: null,
    warnings,
    reading,
    descriptor: descriptorToBytes(descriptor).toString("base64"),
    file: { mimeType, width, height, byteSize: photo.bytes.byteLength },
  };
}

/** @returns what is in the photo, or what is wrong with it where not even that could be found out */
async function look(name: string, bytes: Uint8Array, { signal, attempt }: JobContext) {
  try {
    return await infer("inspect", { name, bytes }, { signal, timeoutMs: photoTimeoutMs, isUrgent: true });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code !== "unavailable") return { code: error.code, message: `${name}: ${error.message}` };
    // once it may have been chance; twice it is most likely the photo
    if (attempt < maxAttempts) throw error;
    const why = "looking at it failed twice. Send another photo; should that fail too, the installation's log says why";
    return { code: "unreadable", message: `${name} cannot be used: ${why}.` };
  }
}
