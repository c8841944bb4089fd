import { withAnthropicErrors } from "@/lib/chat/anthropic-error";
import { createMessage } from "@/lib/chat/create-message";
import { MessagesRequest } from "@/lib/chat/messages-schemas";
import { MessageView } from "@/lib/chat/reply-schemas";
import { anthropicErrorBody } from "@/lib/http/error-response";
import { route } from "@/lib/http/route";
import { answering, bare } from "@/lib/http/route-definition";
import { retrieve } from "@/lib/retrieve/retrieve";

const post = route(
  {
    scope: "chat",
    body: MessagesRequest,
    isBilled: true,
    errors: "anthropic",
    summary: "Send a message",
    about: "Anthropic's Messages, with a face as the model.",
    reply: bare(MessageView, { "text/event-stream": "With stream: message_start to message_stop." }),
  },
  ({ ctx, request, body }) => {
    const toErrorBody = (error: unknown) => anthropicErrorBody(error, ctx.requestId);
    return createMessage(ctx, body, { retrieve, toErrorBody }, request.headers);
  },
);

export const POST = answering(post, withAnthropicErrors);
