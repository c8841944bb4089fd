import type { Ctx } from "@/lib/auth/context";
import type { Transaction } from "@/lib/db/client";
import { AppError, InvalidInputError } from "@/lib/errors";
import { mostBytesOfAll, mostMessages, type MessageInput } from "./schemas";

/**
 * Writes messages into a conversation that is locked; those that are there already are written over, as long as they are
 * not done: a page stores an answer as far as it has come, and again when it ends.
 *
 * @throws {InvalidInputError} a message follows one that is not there
 * @throws {AppError} `conflict` an id belongs to another conversation | `plan_limit` there are too many
 */
export async function writeMessages(
  tx: Transaction,
  ctx: Ctx,
  conversationId: string,
  messages: readonly MessageInput[],
): Promise<void> {
  const there = await tx.conversationMessage.findMany({
    where: { id: { in: messages.flatMap((each) => [each.id, ...(each.parent_id === null ? [] : [each.parent_id])]) } },
    select: { id: true, conversationId: true, status: true, role: true },
  });
  const known = new Map(there.map((row) => [row.id, row]));
  requireTree(messages, conversationId, known);
  const added = messages.filter(({ id }) => !known.has(id));
  await requireRoom(tx, conversationId, new Set(added.map(({ id }) => id)).size);
  await requireBytes(tx, conversationId, messages);
  const removed = await fromDeletedTexts(tx, ctx, messages);
  // times of one request would be the same, and their order is what one reads
  const now = Date.now();
  for (const [place, message] of messages.entries()) {
    const { id } = message;
    const row = toRow(message, removed.has(message.trace_id ?? ""));
    const place0 = { conversationId, parentId: message.parent_id, role: message.role };
    await tx.conversationMessage.createMany({
      data: [{ id, ...place0, ...row, createdAt: new Date(now + place) }],
      skipDuplicates: true,
    });
    await tx.conversationMessage.updateMany({
      where: { id, conversationId, role: "assistant", status: { in: ["stopped", "failed"] } },
      data: row,
    });
  }
}

type Known = ReadonlyMap<string, { conversationId: string; role: string }>;

/** A message follows one of the other role, in the same conversation, that is there or comes before it. */
function requireTree(messages: readonly MessageInput[], conversationId: string, known: Known): void {
  const roles = new Map<string, string>();
  for (const [id, row] of known) if (row.conversationId === conversationId) roles.set(id, row.role);
  for (const { id, parent_id: parent, role } of messages) {
    const other = known.get(id);
    if (other !== undefined && other.conversationId !== conversationId) {
      throw new AppError("conflict", `The id ${id} is taken. Send the message with a new one.`);
    }
    if (parent !== null && !roles.has(parent)) {
      throw new InvalidInputError(`${parent}, which ${id} follows, is not in this conversation.`, "messages");
    }
    if (parent !== null && roles.get(parent) === role) {
      throw new InvalidInputError(`${id} follows a message of the same role.`, "messages");
    }
    if (parent === null && role === "assistant") {
      throw new InvalidInputError(`${id} answers nothing: an answer follows a question.`, "messages");
    }
    roles.set(id, role);
  }
}

async function requireRoom(tx: Transaction, conversationId: string, added: number): Promise<void> {
  if (added === 0) return;
  const count = await tx.conversationMessage.count({ where: { conversationId } });
  if (count + added <= mostMessages) return;
  throw new AppError(
    "plan_limit",
    `A conversation holds at most ${mostMessages.toLocaleString("en-US")} messages, and this one is full. Go on in a new one.`,
  );
}

/** What is written over counts as it will be, not as it is. */
async function requireBytes(tx: Transaction, conversationId: string, messages: readonly MessageInput[]): Promise<void> {
  const ids = messages.map(({ id }) => id);
  // the length stands beside a text: none is read for it
  const [row] = await tx.$queryRaw<{ sum: bigint }[]>`
    SELECT coalesce(sum(octet_length(content)), 0)::bigint AS sum FROM conversation_messages
    WHERE conversation_id = ${conversationId} AND NOT id = ANY(${ids}::text[])`;
  const written = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  if (Number(row?.sum ?? 0n) + written <= mostBytesOfAll) return;
  const megabytes = mostBytesOfAll / 1_000_000;
  throw new AppError(
    "plan_limit",
    `A conversation holds at most ${megabytes} MB of text, and this one is full. Go on in a new one.`,
  );
}

/** Traces of these answers that have lost something to a deleted text: the answers may quote it. */
async function fromDeletedTexts(
  tx: Transaction,
  { actor }: Ctx,
  messages: readonly MessageInput[],
): Promise<Set<string>> {
  const ids = messages.flatMap(({ trace_id: traceId }) => traceId ?? []);
  if (ids.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM traces WHERE id = ANY(${ids}::text[]) AND account_id = ${actor.accountId}
      AND jsonb_path_exists(items, '$[*] ? (@.is_removed == true)')`;
  return new Set(rows.map(({ id }) => id));
}

function toRow(message: MessageInput, isRemoved: boolean) {
  if (message.role === "user") return { content: message.content, status: "done" };
  if (isRemoved) return { content: "", status: "removed", model: message.model ?? null };
  const { error } = message;
  return {
    content: message.content,
    status: message.status,
    model: message.model ?? null,
    traceId: message.trace_id ?? null,
    ...(error ? { error } : {}),
  };
}
