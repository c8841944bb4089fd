import { toJson } from "@/lib/db/json";
import { lockFace } from "@/lib/faces/require-face";
import type { JobContext } from "@/lib/jobs/define-job";
import { measureFaceVoice } from "./measure-face-voice";
import type { SyncMeter } from "./sync-meter";
import { waitsForSync } from "./waits-for-sync";

/**
 * Ends a sync: measures the voice and marks the face as synced.
 *
 * The last look for waiting sources, the end of the job and whoever starts a sync take the face's lock: what was
 * pressed in time is not forgotten.
 *
 * @returns false when another source came in meanwhile
 */
export async function finishFace(job: JobContext, faceId: string, meter: SyncMeter): Promise<boolean> {
  meter.link();
  const voice = await measureFaceVoice(job.db, faceId, job.signal);
  return job.finish(async (tx) => {
    const face = await lockFace(tx, faceId);
    if (face === null) return true;
    if ((await tx.document.count({ where: waitsForSync(tx, faceId) })) > 0) return false;
    await tx.face.update({
      where: { id: faceId },
      data: { syncedAt: new Date(), syncFailure: null, syncError: null, voice: toJson(voice) },
    });
    return true;
  });
}
