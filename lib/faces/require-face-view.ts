import type { Ctx } from "@/lib/auth/context";
import { toFaceView } from "./face-views";
import { requireReadableFace } from "./require-face";
import type { FaceView } from "./schemas";

/** One face as it stands now. @throws {NotFoundError} */
export async function requireFaceView(ctx: Ctx, ref: string): Promise<FaceView> {
  return toFaceView(ctx.db, await requireReadableFace(ctx, ref));
}
