import type { Ctx } from "@/lib/auth/context";
import type { Prisma, Transaction } from "@/lib/db/client";
import { isUniqueViolation, transaction } from "@/lib/db/transaction";
import { AppError, NotFoundError } from "@/lib/errors";
import { toFaceView } from "./face-views";
import { requireFormula, requireNoPart } from "./parts";
import { requireFace } from "./require-face";
import { requireServedModel } from "./require-served-model";
import type { FaceView, UpdateFaceInput } from "./schemas";

/**
 * Changes what a face is called, what is always known of it, and of a composite what it is made of. The graph of a
 * concrete face stays as it is.
 *
 * @throws {NotFoundError}
 * @throws {InvalidInputError} the formula, or the model, is not what it should be
 * @throws {AppError} `conflict` the account has another face of this username; a face with sources, or one that others
 *   are made of, cannot get a formula
 */
export async function updateFace(ctx: Ctx, { face, ...input }: UpdateFaceInput & { face: string }): Promise<FaceView> {
  const { id } = await requireFace(ctx, face);
  await requireServedModel(input.default_model);
  try {
    const updated = await transaction(ctx.db, async (tx) => {
      const formula = input.formula == null ? input.formula : await newFormula(ctx, tx, id, input.formula);
      return tx.face.update({
        where: { id },
        data: { ...changes(input), ...(formula === undefined ? {} : { formula }) },
      });
    });
    return await toFaceView(ctx.db, updated);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError("conflict", `You already have a face called ${input.username}.`, { param: "username" });
  }
}

function changes(input: UpdateFaceInput): Prisma.FaceUpdateInput {
  return {
    ...(input.username === undefined ? {} : { username: input.username }),
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.aliases === undefined ? {} : { aliases: input.aliases }),
    ...(input.pronouns === undefined ? {} : { pronouns: input.pronouns }),
    ...(input.basic_facts === undefined ? {} : { basicFacts: input.basic_facts }),
    ...(input.default_model === undefined ? {} : { defaultModel: input.default_model }),
  };
}

/** A composite has nothing of its own, and is made of concrete faces only: both ends are looked at under the lock. */
async function newFormula(ctx: Ctx, tx: Transaction, id: string, text: string): Promise<string> {
  // FOR UPDATE: an upload, which refers to the face, is either seen here or sees the formula
  await tx.$queryRaw`SELECT id FROM faces WHERE id = ${id} FOR UPDATE`;
  const locked = await tx.face.findUnique({ where: { id } });
  if (locked === null) throw new NotFoundError("The face");
  const stored = await requireFormula(ctx, tx, text, id);
  if (locked.formula !== null) return stored;
  await requireNoPart(tx, { id, accountId: ctx.actor.accountId }, "given a formula");
  if ((await tx.document.count({ where: { faceId: id } })) === 0) return stored;
  throw new AppError(
    "conflict",
    "The face has sources of its own. Delete them, or make another face with the formula.",
  );
}
