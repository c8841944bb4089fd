import { z } from "zod";
import { toJson } from "@/lib/db/json";
import { lockFace } from "@/lib/faces/require-face";
import { defineJob } from "@/lib/jobs/define-job";
import { measureFaceFidelity } from "./fidelity-measure";
import { refreshVoice } from "./refresh-voice";

/**
 * Measures voice and fidelity of a face whose texts have changed without a sync. Safe to run twice; when the face
 * changes again meanwhile, it measures again.
 */
export const measureFace = defineJob({
  name: "compile.measure",
  payload: z.object({ faceId: z.string() }),
  maxAttempts: 3,
  leaseSeconds: 30,
  key: ({ faceId }) => faceId,

  async run({ faceId }, job) {
    for (let isStale = true; isStale;) {
      job.signal.throwIfAborted();
      const face = await job.db.face.findUnique({ where: { id: faceId }, select: { revision: true } });
      if (face === null) return;
      await refreshVoice(job.db, faceId, job.signal);
      const fidelity = await measureFaceFidelity(job.db, faceId, job.signal);
      isStale = !(await job.finish(async (tx) => {
        // whoever changes the face and asks for this job holds the lock: no change falls behind the last look
        const now = await lockFace(tx, faceId);
        if (now !== null && now.revision !== face.revision) return false;
        await tx.face.updateMany({ where: { id: faceId }, data: { fidelity: toJson(fidelity) } });
        return true;
      }));
    }
  },
});
