import type { Ctx } from "@/lib/auth/context";
import { isMissingReference, isUniqueViolation } from "@/lib/db/transaction";
import { AppError, InvalidInputError, NotFoundError } from "@/lib/errors";
import { requireFaceView } from "@/lib/faces/require-face-view";
import { requireFace } from "@/lib/faces/require-face";
import type { FaceView } from "@/lib/faces/schemas";
import { requirePortrait } from "./list-portraits";

/**
 * Makes a portrait the picture of a face: wherever the face is shown, it is shown so. It must be of this face.
 *
 * @throws {NotFoundError} the face, the portrait; {InvalidInputError} it shows somebody else, or nobody
 */
export async function setPicture(ctx: Ctx, face: string, portraitId: string): Promise<FaceView> {
  const { id } = await requireFace(ctx, face);
  const { prompt } = await requirePortrait(ctx, portraitId);
  if (prompt.isMock) throw new InvalidInputError("A placeholder of the mock mode is nobody's picture.", "portrait_id");
  if (!prompt.references.some(({ tune }) => tune.faceId === id)) {
    throw new InvalidInputError("This portrait is of none of this face's tunes.", "portrait_id");
  }
  await requireFree(ctx, id, portraitId);
  try {
    await ctx.db.face.updateMany({ where: { id }, data: { portraitId } });
  } catch (error) {
    // deleted, or taken by another face, since it was looked at
    if (isMissingReference(error)) throw new NotFoundError("The portrait");
    if (isUniqueViolation(error))
      throw new AppError("conflict", "This portrait is the picture of another face already.");
    throw error;
  }
  return requireFaceView(ctx, id);
}

/** An image of two people may be the picture of one of them. */
async function requireFree(ctx: Ctx, faceId: string, portraitId: string): Promise<void> {
  const other = await ctx.db.face.findFirst({ where: { portraitId, id: { not: faceId } }, select: { username: true } });
  if (other !== null) throw new AppError("conflict", `This portrait is the picture of ${other.username} already.`);
}

/** The face is drawn from what is known of it again. @throws {NotFoundError} */
export async function removePicture(ctx: Ctx, face: string): Promise<FaceView> {
  const { id } = await requireFace(ctx, face);
  await ctx.db.face.updateMany({ where: { id }, data: { portraitId: null } });
  return requireFaceView(ctx, id);
}
