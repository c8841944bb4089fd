import type { Ctx } from "@/lib/auth/context";
import { NotFoundError } from "@/lib/errors";
import { shown, toConversationView, toMessageView } from "./conversation-view";
import { visibleTo } from "./require-conversation";
import type { ConversationDetail } from "./schemas";

/**
 * A conversation with the messages of all its branches, oldest first.
 *
 * @param only the messages with these ids
 * @throws {NotFoundError}
 */
export async function showConversation(ctx: Ctx, id: string, only?: ReadonlySet<string>): Promise<ConversationDetail> {
  const { db, actor } = ctx;
  const row = await db.conversation.findFirst({ where: { id, ...visibleTo(ctx) }, include: shown });
  if (row === null) throw new NotFoundError("The conversation");
  // ids that were made in one millisecond by one page still sort
  const messages = await db.conversationMessage.findMany({
    where: { conversationId: id, ...(only === undefined ? {} : { id: { in: [...only] } }) },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const traceIds = messages.flatMap(({ traceId }) => traceId ?? []);
  const traces = await db.trace.findMany({
    where: { id: { in: traceIds }, accountId: actor.accountId },
    select: { id: true, costMicroUsd: true },
  });
  const costs = new Map(traces.map((trace) => [trace.id, trace.costMicroUsd]));
  const costOf = (message: (typeof messages)[number]) =>
    message.costMicroUsd ?? (message.traceId === null ? null : (costs.get(message.traceId) ?? null));
  return {
    ...toConversationView(row),
    messages: messages.map((message) => toMessageView(message, costOf(message))),
  };
}
