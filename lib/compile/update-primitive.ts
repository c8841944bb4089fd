import type { Ctx } from "@/lib/auth/context";
import { transaction } from "@/lib/db/transaction";
import { NotFoundError } from "@/lib/errors";
import { lockFace, requireFace } from "@/lib/faces/require-face";
import { toPrimitiveView, withSources } from "./primitive-view";
import type { PrimitiveView, UpdatePrimitiveInput } from "./schemas";

/**
 * Takes the owner's word on a primitive: another wording or component, pinned, disabled. It is kept when the graph is
 * linked anew.
 *
 * @throws {NotFoundError}
 */
export async function updatePrimitive(
  ctx: Ctx,
  { face, primitive, ...input }: UpdatePrimitiveInput & { face: string; primitive: string },
): Promise<PrimitiveView> {
  const { id: faceId } = await requireFace(ctx, face);
  return transaction(ctx.db, async (tx) => {
    await lockFace(tx, faceId);
    const row = await tx.primitive.findFirst({ where: { id: primitive, faceId } });
    if (row === null) throw new NotFoundError("The primitive");
    const updated = await tx.primitive.update({
      where: { id: primitive },
      data: {
        // the computed wording typed in again is no edit
        ...(input.statement === undefined
          ? {}
          : { editedText: input.statement === row.statement ? null : input.statement }),
        ...(input.component === undefined
          ? {}
          : { editedComponent: input.component === row.component ? null : input.component }),
        ...(input.pinned === undefined ? {} : { isPinned: input.pinned }),
        ...(input.disabled === undefined ? {} : { isDisabled: input.disabled }),
      },
      include: withSources,
    });
    // chat's caches are keyed on the version
    await tx.face.update({ where: { id: faceId }, data: { version: { increment: 1 } } });
    return toPrimitiveView(updated);
  });
}
