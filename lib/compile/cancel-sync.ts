import type { Ctx } from "@/lib/auth/context";
import { transaction } from "@/lib/db/transaction";
import { lockFace, requireFace } from "@/lib/faces/require-face";
import { cancelJobs } from "@/lib/jobs/queue";

/**
 * Stops a face's sync at the next piece. What is compiled stays; the rest waits for the next press. One that waits for
 * quota or credit no longer goes on by itself.
 *
 * @throws {NotFoundError}
 */
export async function cancelSync(ctx: Ctx, ref: string): Promise<{ face_id: string; cancelled: boolean }> {
  const face = await requireFace(ctx, ref);
  return transaction(ctx.db, async (tx) => {
    await lockFace(tx, face.id);
    const running = await cancelJobs(tx, { name: "compile.sync", key: face.id });
    const { count: waiting } = await tx.face.updateMany({
      where: { id: face.id, syncFailure: "payment_required" },
      data: { syncFailure: null, syncError: null },
    });
    return { face_id: face.id, cancelled: running + waiting > 0 };
  });
}
