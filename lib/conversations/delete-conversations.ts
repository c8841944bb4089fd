import type { Ctx } from "@/lib/auth/context";
import { NotFoundError } from "@/lib/errors";
import { requireReadableFace } from "@/lib/faces/require-face";
import { visibleTo } from "./require-conversation";

/** Deletes a conversation with all its branches. @throws {NotFoundError} */
export async function deleteConversation(ctx: Ctx, id: string): Promise<{ id: string; deleted: true }> {
  const { count } = await ctx.db.conversation.deleteMany({ where: { id, ...visibleTo(ctx) } });
  if (count === 0) throw new NotFoundError("The conversation");
  return { id, deleted: true };
}

/** Deletes all conversations, or all with one face. @throws {NotFoundError} the face */
export async function deleteConversations(
  ctx: Ctx,
  { face: ref }: { face?: string | undefined },
): Promise<{ deleted: true; conversations: number }> {
  const face = ref === undefined ? null : await requireReadableFace(ctx, ref);
  const { count } = await ctx.db.conversation.deleteMany({
    where: { AND: [visibleTo(ctx), face === null ? {} : { faceId: face.id }] },
  });
  return { deleted: true, conversations: count };
}
