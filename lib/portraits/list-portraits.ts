import type { Ctx } from "@/lib/auth/context";
import { transaction } from "@/lib/db/transaction";
import { NotFoundError } from "@/lib/errors";
import { requireFace } from "@/lib/faces/require-face";
import { Page } from "@/lib/http/page";
import type { PortraitsQuery, PortraitView, UpdatePortraitInput } from "./portrait-schemas";
import { type PortraitRow, toPortraitView, visiblePrompts, withPrompt } from "./portrait-view";

/**
 * All portraits of the caller, newest first.
 *
 * @throws {NotFoundError} the face that is asked for; {ForbiddenError} the key is limited to others
 */
export async function listPortraits(ctx: Ctx, query: PortraitsQuery): Promise<Page<PortraitView>> {
  const { face, engine, favourite, limit, cursor } = query;
  const faceId = face === undefined ? undefined : (await requireFace(ctx, face)).id;
  const rows = await ctx.db.portrait.findMany({
    where: {
      prompt: {
        AND: [
          visiblePrompts(ctx),
          faceId === undefined ? {} : { references: { some: { tune: { faceId } } } },
          engine === undefined ? {} : { engine },
        ],
      },
      ...(favourite === undefined ? {} : { isFavourite: favourite }),
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
    include: withPrompt,
  });
  return Page.of(rows, limit, toPortraitView);
}

/** @throws {NotFoundError} missing, or somebody else's */
export async function requirePortrait(ctx: Ctx, id: string): Promise<PortraitRow> {
  const where = { id, prompt: visiblePrompts(ctx) };
  const row = await ctx.db.portrait.findFirst({ where, include: withPrompt });
  if (row === null) throw new NotFoundError("The portrait");
  return row;
}

/** @throws {NotFoundError} as `requirePortrait` */
export async function updatePortrait(ctx: Ctx, id: string, input: UpdatePortraitInput): Promise<PortraitView> {
  await requirePortrait(ctx, id);
  await ctx.db.portrait.updateMany({ where: { id }, data: { isFavourite: input.is_favourite } });
  return toPortraitView(await requirePortrait(ctx, id));
}

/**
 * Deletes a portrait and its files; its order goes with the last one. A face whose picture it was has none then.
 *
 * @throws {NotFoundError} as `requirePortrait`
 */
export async function deletePortrait(ctx: Ctx, id: string): Promise<void> {
  const { promptId } = await requirePortrait(ctx, id);
  await transaction(ctx.db, async (tx) => {
    // two that delete the last two at once
    await tx.$queryRaw`SELECT id FROM prompts WHERE id = ${promptId} FOR UPDATE`;
    await tx.portrait.deleteMany({ where: { id } });
    if ((await tx.portrait.count({ where: { promptId } })) === 0)
      await tx.prompt.deleteMany({ where: { id: promptId } });
  });
}
