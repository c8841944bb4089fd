import type { Ctx } from "@/lib/auth/context";
import { toJson } from "@/lib/db/json";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { requireSourceFace } from "@/lib/faces/parts";
import { lockFace } from "@/lib/faces/require-face";
import { findActiveJob } from "@/lib/jobs/queue";
import { measureFaceFidelity } from "./fidelity-measure";
import type { Fidelity } from "./schemas";

/**
 * Measures a face as it is now: what its owner pinned, changed or switched off since the last sync counts. It takes no
 * model and costs nothing. Where the face changes meanwhile the figures are told and not kept.
 *
 * @returns null while nothing is compiled
 * @throws {NotFoundError}
 * @throws {AppError} `conflict` while a sync runs, which measures at its end
 */
export async function measureFidelityAnew(ctx: Ctx, { face: ref }: { face: string }): Promise<Fidelity | null> {
  const { id: faceId, revision } = await requireSourceFace(ctx, ref, "Figures");
  if ((await findActiveJob(ctx.db, "compile.sync", faceId)) !== null)
    throw new AppError("conflict", "The face is being synced. It is measured at the end of the sync.");
  const fidelity = await measureFaceFidelity(ctx.db, faceId, ctx.signal);
  if (fidelity === null) return null;
  await transaction(ctx.db, async (tx) => {
    const now = await lockFace(tx, faceId);
    if (now?.revision === revision) {
      await tx.face.update({ where: { id: faceId }, data: { fidelity: toJson(fidelity) } });
    }
  });
  return fidelity;
}
