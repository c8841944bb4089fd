import { z } from "zod";
import { appendMessages } from "@/lib/conversations/append-messages";
import { AppendMessagesInput, ConversationDetail } from "@/lib/conversations/schemas";
import { route } from "@/lib/http/route";

const params = z.object({ id: z.string() });

export const POST = route(
  {
    summary: "Append messages",
    about: "Each after the one that it follows; sending one twice is sending it once.",
    reply: ConversationDetail,
    scope: "chat",
    params,
    body: AppendMessagesInput,
    status: 201,
  },
  ({ ctx, params, body }) => appendMessages(ctx, params.id, body),
);
