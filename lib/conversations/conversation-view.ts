import { usdFromMicroUsd } from "@/lib/billing/money";
import type { Prisma } from "@/lib/db/client";
import { MessageError, type ConversationView, type MessageView } from "./schemas";

export const shown = {
  face: { select: { id: true, username: true, name: true } },
  _count: { select: { messages: true } },
} satisfies Prisma.ConversationInclude;

type Shown = Prisma.ConversationGetPayload<{ include: typeof shown }>;

export function toConversationView(row: Shown, snippet: string | null = null): ConversationView {
  return {
    id: row.id,
    face: row.face,
    title: row.title,
    is_named: row.isNamed,
    model: row.model,
    leaf_id: row.leafId,
    message_count: row._count.messages,
    snippet,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

type MessageRow = Prisma.ConversationMessageGetPayload<object>;

/** @param costMicroUsd by its trace, while there is one */
export function toMessageView(row: MessageRow, costMicroUsd: bigint | null): MessageView {
  const error = MessageError.safeParse(row.error);
  return {
    id: row.id,
    parent_id: row.parentId,
    role: row.role === "user" ? "user" : "assistant",
    content: row.content,
    status: statusOf(row.status),
    model: row.model,
    trace_id: row.traceId,
    error: error.success ? error.data : null,
    cost_usd: costMicroUsd === null ? null : usdFromMicroUsd(costMicroUsd),
    created_at: row.createdAt.toISOString(),
  };
}

function statusOf(status: string): MessageView["status"] {
  return status === "stopped" || status === "failed" || status === "removed" ? status : "done";
}
