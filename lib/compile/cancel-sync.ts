import type { Ctx } from "@/lib/auth/context";
import { transaction } from "@/lib/db/transaction";
import { requireFace } from "@/lib/faces/require-face";
import { cancelJobs } from "@/lib/jobs/queue";

/** Stops a face's sync at the next piece. What is compiled stays; the rest waits. @throws {NotFoundError} */
export async function cancelSync(ctx: Ctx, ref: string): Promise<{ face_id: string; cancelled: boolean }> {
  const face = await requireFace(ctx, ref);
  const count = await transaction(ctx.db, (tx) => cancelJobs(tx, { name: "compile.sync", key: face.id }));
  return { face_id: face.id, cancelled: count > 0 };
}
