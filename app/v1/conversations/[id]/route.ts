import { z } from "zod";
import { deleteConversation } from "@/lib/conversations/delete-conversations";
import { UpdateConversationInput } from "@/lib/conversations/schemas";
import { showConversation } from "@/lib/conversations/show-conversation";
import { updateConversation } from "@/lib/conversations/update-conversation";
import { route } from "@/lib/http/route";

const params = z.object({ id: z.string() });

export const GET = route({ scope: "chat", params }, ({ ctx, params }) => showConversation(ctx, params.id));

export const PATCH = route({ scope: "chat", params, body: UpdateConversationInput }, ({ ctx, params, body }) =>
  updateConversation(ctx, params.id, body),
);

export const DELETE = route({ scope: "chat", params }, ({ ctx, params }) => deleteConversation(ctx, params.id));
