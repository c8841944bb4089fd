import { z } from "zod";
import { deleteConversation } from "@/lib/conversations/delete-conversations";
import { ConversationDetail, ConversationView, UpdateConversationInput } from "@/lib/conversations/schemas";
import { showConversation } from "@/lib/conversations/show-conversation";
import { updateConversation } from "@/lib/conversations/update-conversation";
import { route } from "@/lib/http/route";

const params = z.object({ id: z.string() });

export const GET = route(
  {
    summary: "Show a conversation",
    about: "With all its branches: a message follows its parent.",
    reply: ConversationDetail,
    scope: "chat",
    params,
  },
  ({ ctx, params }) => showConversation(ctx, params.id),
);

export const PATCH = route(
  {
    summary: "Change a conversation",
    about: "What is left out stays.",
    reply: ConversationView,
    scope: "chat",
    params,
    body: UpdateConversationInput,
  },
  ({ ctx, params, body }) => updateConversation(ctx, params.id, body),
);

export const DELETE = route(
  {
    summary: "Delete a conversation",
    reply: z.object({ id: z.string(), deleted: z.literal(true) }),
    scope: "chat",
    params,
  },
  ({ ctx, params }) => deleteConversation(ctx, params.id),
);
