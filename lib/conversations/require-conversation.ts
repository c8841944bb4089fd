import type { Ctx } from "@/lib/auth/context";
import type { DbOrTransaction, Prisma } from "@/lib/db/client";
import { NotFoundError } from "@/lib/errors";
import { limitedFaces } from "@/lib/faces/require-face";

export type ConversationRow = Prisma.ConversationGetPayload<object>;

/** Those that the caller may see: the account's, and with a limited key those with its faces. */
export function visibleTo(ctx: Ctx): Prisma.ConversationWhereInput {
  const allowed = limitedFaces(ctx);
  return { accountId: ctx.actor.accountId, ...(allowed === null ? {} : { face: allowed }) };
}

/** The caller's own conversation. @throws {NotFoundError} missing, or somebody else's */
export async function requireConversation(
  ctx: Ctx,
  id: string,
  db: DbOrTransaction = ctx.db,
): Promise<ConversationRow> {
  const row = await db.conversation.findFirst({ where: { id, ...visibleTo(ctx) } });
  if (row === null) throw new NotFoundError("The conversation");
  return row;
}
