import { completeChat } from "@/lib/chat/complete-chat";
import { ChatRequest } from "@/lib/chat/schemas";
import { toAppError, toErrorBody } from "@/lib/http/error-response";
import { route } from "@/lib/http/route";
import { retrieve } from "@/lib/retrieve/retrieve";

export const POST = route({ scope: "chat", body: ChatRequest }, ({ ctx, body }) =>
  completeChat(ctx, body, {
    retrieve,
    toErrorBody: (error) => toErrorBody(toAppError(error, ctx.requestId), ctx.requestId).body,
  }),
);
