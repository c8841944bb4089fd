import type { Ctx } from "@/lib/auth/context";
import { isUniqueViolation, transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { requireReadableFace } from "@/lib/faces/require-face";
import { newId } from "@/lib/ids";
import { addMessages } from "./append-messages";
import { mostConversations, type ConversationDetail, type CreateConversationInput } from "./schemas";
import { showConversation } from "./show-conversation";
import { titleOf } from "./title";
import { visibleTo } from "./require-conversation";

/**
 * Begins a conversation with a face. With the id of one that the account has already, its messages are added to that, and
 * its model is the one that was sent.
 *
 * @throws {NotFoundError} | {ForbiddenError} the face
 * @throws {AppError} `conflict` the id is taken | `plan_limit` there are too many
 */
export async function createConversation(ctx: Ctx, input: CreateConversationInput): Promise<ConversationDetail> {
  const { accountId } = ctx.actor;
  const face = await requireReadableFace(ctx, input.face);
  const id = input.id ?? newId("conversation");
  const question = input.messages.find(({ role }) => role === "user")?.content ?? "";
  const title = { title: input.title ?? titleOf(question), isNamed: input.title !== undefined };
  const { messages, leaf_id: leafId } = input;
  // a message that cannot be kept leaves no empty conversation behind
  const keep = () =>
    transaction(ctx.db, async (tx) => {
      const there = await tx.conversation.findFirst({ where: { id, ...visibleTo(ctx) }, select: { id: true } });
      if (there !== null && input.model !== undefined) {
        await tx.conversation.update({ where: { id }, data: { model: input.model } });
      }
      if (there === null) {
        if ((await tx.conversation.count({ where: { accountId } })) >= mostConversations) throw tooMany();
        const data = { id, accountId, faceId: face.id, model: input.model ?? null, ...title };
        await tx.conversation.create({ data });
      }
      if (messages.length > 0) await addMessages(tx, ctx, id, { messages, leaf_id: leafId });
    });
  try {
    // the same may have been sent twice at once: then it is there by now
    await keep().catch((error: unknown) => (isUniqueViolation(error) ? keep() : Promise.reject(error as Error)));
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("conflict", `The id ${id} is taken. Send a new one, or none.`);
    throw error;
  }
  return showConversation(ctx, id, messages.length === 0 ? undefined : new Set(messages.map((message) => message.id)));
}

function tooMany(): AppError {
  const most = mostConversations.toLocaleString("en-US");
  return new AppError(
    "plan_limit",
    `An account keeps at most ${most} conversations. Delete some, then begin this one.`,
  );
}
