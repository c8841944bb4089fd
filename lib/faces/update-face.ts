import type { Ctx } from "@/lib/auth/context";
import { isUniqueViolation } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { toFaceView } from "./face-views";
import { requireFace } from "./require-face";
import { requireServedModel } from "./require-served-model";
import type { FaceView, UpdateFaceInput } from "./schemas";

/**
 * Changes what a face is called and what is always known of it. The graph stays as it is.
 *
 * @throws {NotFoundError}
 * @throws {AppError} `conflict` the account has another face of this username
 */
export async function updateFace(ctx: Ctx, { face, ...input }: UpdateFaceInput & { face: string }): Promise<FaceView> {
  const { id } = await requireFace(ctx, face);
  requireServedModel(input.default_model);
  try {
    const updated = await ctx.db.face.update({
      where: { id },
      data: {
        ...(input.username === undefined ? {} : { username: input.username }),
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.aliases === undefined ? {} : { aliases: input.aliases }),
        ...(input.pronouns === undefined ? {} : { pronouns: input.pronouns }),
        ...(input.basic_facts === undefined ? {} : { basicFacts: input.basic_facts }),
        ...(input.default_model === undefined ? {} : { defaultModel: input.default_model }),
      },
    });
    return await toFaceView(ctx.db, updated);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError("conflict", `You already have a face called ${input.username}.`, { param: "username" });
  }
}
