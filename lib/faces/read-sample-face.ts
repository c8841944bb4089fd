import { type Db, db } from "@/lib/db/client";
import { toFaceView } from "./face-views";
import type { FaceView } from "./schemas";

/** The installation's sample face, which anybody may see; null where there is none, or while it is being compiled. */
export async function readSampleFace(client: Db = db()): Promise<FaceView | null> {
  const face = await client.face.findFirst({ where: { accountId: null, syncedAt: { not: null } } });
  return face === null ? null : toFaceView(client, face);
}
