import type { Ctx } from "@/lib/auth/context";
import { transaction } from "@/lib/db/transaction";
import { requireSourceFace } from "@/lib/faces/parts";
import { lockFace } from "@/lib/faces/require-face";
import { toPrimitiveView, withSources } from "./primitive-view";
import { refreshProfile } from "./refresh-profile";
import type { PrimitiveView, UpdatePrimitivesInput } from "./schemas";
import { keepInVersion, standing } from "./update-primitive";

/**
 * Takes the owner's word on several primitives at once: pinned, switched off, drafts accepted. Ids that are not among
 * the face's are left out of the answer, so that one that went meanwhile stops nobody.
 *
 * @throws {NotFoundError}
 */
export async function updatePrimitives(
  ctx: Ctx,
  { face, ids, ...input }: UpdatePrimitivesInput & { face: string },
): Promise<PrimitiveView[]> {
  const { id: faceId } = await requireSourceFace(ctx, face, "Primitives");
  const views = await transaction(ctx.db, async (tx) => {
    await lockFace(tx, faceId);
    const where = { faceId, id: { in: ids } };
    await tx.primitive.updateMany({ where, data: standing(input) });
    const rows = await tx.primitive.findMany({ where, include: withSources });
    for (const row of rows) await keepInVersion(tx, faceId, row);
    await tx.face.update({ where: { id: faceId }, data: { revision: { increment: 1 } } });
    return rows.map(toPrimitiveView);
  });
  await refreshProfile(ctx.db, faceId);
  return views;
}
