import { completeChat } from "@/lib/chat/complete-chat";
import { ChatCompletionView } from "@/lib/chat/reply-schemas";
import { ChatRequest } from "@/lib/chat/schemas";
import { toAppError, toErrorBody } from "@/lib/http/error-response";
import { route } from "@/lib/http/route";
import { bare } from "@/lib/http/route-definition";
import { retrieve } from "@/lib/retrieve/retrieve";

export const POST = route(
  {
    isBilled: true,
    summary: "Chat with a face",
    about:
      "OpenAI's chat completions. model is a face, a face@model, or a bare model. Every field that OpenAI's clients may send reaches a model of that wire untouched.",
    reply: bare(ChatCompletionView, {
      "text/event-stream": "With stream: chat.completion.chunk objects as data: lines, and data: [DONE] at the end.",
    }),
    scope: "chat",
    body: ChatRequest,
  },
  ({ ctx, body }) =>
    completeChat(ctx, body, {
      retrieve,
      toErrorBody: (error) => toErrorBody(toAppError(error, ctx.requestId), ctx.requestId).body,
    }),
);
