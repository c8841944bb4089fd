import { runTask } from "@/lib/compute/pool";
import { toJson } from "@/lib/db/json";
import { lockFace } from "@/lib/faces/require-face";
import type { JobContext } from "@/lib/jobs/define-job";
import { readVoiceTurns } from "./read-voice-turns";
import type { SyncMeter } from "./sync-meter";
import { waitsForSync } from "./waits-for-sync";

const voiceTimeoutMs = 60_000;

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
  const turns = await readVoiceTurns(job.db, faceId);
  const voice =
    turns.length === 0
      ? null
      : await runTask("measureVoice", { turns }, { signal: job.signal, timeoutMs: voiceTimeoutMs });
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
