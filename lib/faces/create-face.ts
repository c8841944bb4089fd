import type { Ctx } from "@/lib/auth/context";
import { planOf } from "@/lib/billing/plans";
import { isUniqueViolation, transaction } from "@/lib/db/transaction";
import { AppError, ForbiddenError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { toFaceView } from "./face-views";
import { requireFormula } from "./parts";
import { limitedFaces } from "./require-face";
import { requireServedModel } from "./require-served-model";
import type { CreateFaceInput, FaceView } from "./schemas";

/**
 * Makes an empty face, or with a formula one that is made of others.
 *
 * @throws {InvalidInputError} the formula, or the model, is not what it should be
 * @throws {AppError} `conflict` the account has a face of this username; `plan_limit` it has as many as its plan allows
 */
export async function createFace(ctx: Ctx, input: CreateFaceInput): Promise<FaceView> {
  const { accountId } = ctx.actor;
  if (limitedFaces(ctx) !== null) throw new ForbiddenError("This API key is limited to faces that exist already.");
  await requireServedModel(input.default_model);
  try {
    const face = await transaction(ctx.db, async (tx) => {
      // faces are locked before their account, here as everywhere
      const formula = input.formula == null ? null : await requireFormula(ctx, tx, input.formula, null);
      // the account's row is the lock, so that two requests cannot both take the last place
      await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId} FOR UPDATE`;
      const account = await tx.account.findUniqueOrThrow({
        where: { id: accountId },
        include: { _count: { select: { faces: true } } },
      });
      const plan = planOf(account.plan);
      if (account._count.faces >= plan.maxFaces) {
        throw new AppError(
          "plan_limit",
          `The ${plan.name} plan allows ${plan.maxFaces} faces. Delete one, or change the plan.`,
        );
      }
      return tx.face.create({
        data: {
          id: newId("face"),
          accountId,
          username: input.username,
          name: input.name ?? null,
          aliases: input.aliases,
          pronouns: input.pronouns ?? null,
          basicFacts: input.basic_facts,
          defaultModel: input.default_model ?? null,
          formula,
        },
      });
    });
    return await toFaceView(ctx.db, face);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError("conflict", `You already have a face called ${input.username}.`, { param: "username" });
  }
}
