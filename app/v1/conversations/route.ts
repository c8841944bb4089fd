import { z } from "zod";
import { createConversation } from "@/lib/conversations/create-conversation";
import { deleteConversations } from "@/lib/conversations/delete-conversations";
import { listConversations } from "@/lib/conversations/list-conversations";
import {
  ConversationDetail,
  ConversationsQuery,
  ConversationView,
  CreateConversationInput,
} from "@/lib/conversations/schemas";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

export const GET = route(
  {
    summary: "List conversations",
    about: "Those touched last come first; with q those whose title or messages hold the words.",
    reply: listOf(ConversationView),
    scope: "chat",
    query: ConversationsQuery,
  },
  ({ ctx, query }) => listConversations(ctx, query),
);

export const POST = route(
  {
    summary: "Keep a conversation",
    about: "With an id of the caller's own, sending it twice is sending it once.",
    reply: ConversationDetail,
    scope: "chat",
    body: CreateConversationInput,
    status: 201,
  },
  ({ ctx, body }) => createConversation(ctx, body),
);

const deleteQuery = z.object({ face: z.string().max(64).optional() });

export const DELETE = route(
  {
    summary: "Delete all conversations",
    about: "Or, with face, those with that face.",
    reply: z.object({ deleted: z.literal(true), conversations: z.number() }),
    scope: "chat",
    query: deleteQuery,
  },
  ({ ctx, query }) => deleteConversations(ctx, query),
);
