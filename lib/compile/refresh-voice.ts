import type { Db } from "@/lib/db/client";
import { toJson } from "@/lib/db/json";
import { measureFaceVoice } from "./measure-face-voice";

/** Measures the voice of a face again after its texts have changed. When they change meanwhile, that change does it. */
export async function refreshVoice(db: Db, faceId: string, signal?: AbortSignal): Promise<void> {
  const face = await db.face.findUnique({ where: { id: faceId }, select: { revision: true } });
  if (face === null) return;
  const voice = await measureFaceVoice(db, faceId, signal);
  await db.face.updateMany({ where: { id: faceId, revision: face.revision }, data: { voice: toJson(voice) } });
}
