import type { Ctx } from "@/lib/auth/context";
import { transaction } from "@/lib/db/transaction";
import { requireMessage } from "./append-messages";
import { shown, toConversationView } from "./conversation-view";
import { requireConversation } from "./require-conversation";
import type { ConversationView, UpdateConversationInput } from "./schemas";

/**
 * Renames a conversation, chooses its model or the branch that is shown. None of these is said in it: it keeps its place
 * in the list.
 *
 * @throws {NotFoundError} | {InvalidInputError} no message of it has the id
 */
export function updateConversation(ctx: Ctx, id: string, input: UpdateConversationInput): Promise<ConversationView> {
  const { title, model, leaf_id: leafId } = input;
  return transaction(ctx.db, async (tx) => {
    const { updatedAt } = await requireConversation(ctx, id, tx);
    if (leafId !== undefined) await requireMessage(tx, id, leafId);
    const row = await tx.conversation.update({
      where: { id },
      data: {
        updatedAt,
        ...(title === undefined ? {} : { title, isNamed: true }),
        ...(model === undefined ? {} : { model: model || null }),
        ...(leafId === undefined ? {} : { leafId }),
      },
      include: shown,
    });
    return toConversationView(row);
  });
}
