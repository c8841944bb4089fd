import { withAnthropicErrors } from "@/lib/chat/anthropic-error";
import { createMessage } from "@/lib/chat/create-message";
import { MessagesRequest } from "@/lib/chat/messages-schemas";
import { anthropicErrorBody } from "@/lib/http/error-response";
import { route } from "@/lib/http/route";
import { retrieve } from "@/lib/retrieve/retrieve";

const post = route({ scope: "chat", body: MessagesRequest }, ({ ctx, request, body }) => {
  const toErrorBody = (error: unknown) => anthropicErrorBody(error, ctx.requestId);
  return createMessage(ctx, body, { retrieve, toErrorBody }, request.headers);
});

export const POST: typeof post = async (request, next) => withAnthropicErrors(await post(request, next));
