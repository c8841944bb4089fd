import type { Ctx } from "@/lib/auth/context";
import type { Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { InvalidInputError } from "@/lib/errors";
import { requireConversation, type ConversationRow } from "./require-conversation";
import type { AppendMessagesInput, ConversationDetail } from "./schemas";
import { showConversation } from "./show-conversation";
import { titleOf } from "./title";
import { writeMessages } from "./write-messages";

/**
 * Adds messages to a conversation, each behind the one that it follows. Sent twice they are there once.
 *
 * @returns the conversation with these messages alone
 * @throws {NotFoundError} | {InvalidInputError} | {AppError} `conflict`, `plan_limit`
 */
export async function appendMessages(ctx: Ctx, id: string, input: AppendMessagesInput): Promise<ConversationDetail> {
  await transaction(ctx.db, (tx) => addMessages(tx, ctx, id, input));
  return showConversation(ctx, id, new Set(input.messages.map((message) => message.id)));
}

/** The same within a transaction. */
export async function addMessages(tx: Transaction, ctx: Ctx, id: string, input: AppendMessagesInput): Promise<void> {
  const row = await requireConversation(ctx, id, tx);
  await tx.$queryRaw`SELECT id FROM conversations WHERE id = ${id} FOR UPDATE`;
  await writeMessages(tx, ctx, id, input.messages);
  const leafId = input.leaf_id ?? input.messages.at(-1)?.id ?? row.leafId;
  if (leafId !== null) await requireMessage(tx, id, leafId);
  await tx.conversation.update({ where: { id }, data: { leafId, updatedAt: new Date(), ...titleFrom(row, input) } });
}

/** @throws {InvalidInputError} no message of the conversation has this id */
export async function requireMessage(tx: Transaction, conversationId: string, id: string): Promise<void> {
  const message = await tx.conversationMessage.findFirst({ where: { id, conversationId }, select: { id: true } });
  if (message === null) throw new InvalidInputError(`${id} is no message of this conversation.`, "leaf_id");
}

/** A conversation that was begun empty has its title from the first question. */
function titleFrom({ title, isNamed }: ConversationRow, { messages }: AppendMessagesInput): { title?: string } {
  const question = messages.find(({ role }) => role === "user")?.content;
  return title !== "" || isNamed || question === undefined ? {} : { title: titleOf(question) };
}
