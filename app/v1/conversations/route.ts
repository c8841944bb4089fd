import { z } from "zod";
import { createConversation } from "@/lib/conversations/create-conversation";
import { deleteConversations } from "@/lib/conversations/delete-conversations";
import { listConversations } from "@/lib/conversations/list-conversations";
import { ConversationsQuery, CreateConversationInput } from "@/lib/conversations/schemas";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "chat", query: ConversationsQuery }, ({ ctx, query }) =>
  listConversations(ctx, query),
);

export const POST = route({ scope: "chat", body: CreateConversationInput, status: 201 }, ({ ctx, body }) =>
  createConversation(ctx, body),
);

const deleteQuery = z.object({ face: z.string().max(64).optional() });

export const DELETE = route({ scope: "chat", query: deleteQuery }, ({ ctx, query }) => deleteConversations(ctx, query));
