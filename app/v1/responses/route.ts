import { ResponseView } from "@/lib/chat/reply-schemas";
import { createResponse } from "@/lib/chat/responses-create";
import { ResponsesRequest } from "@/lib/chat/responses-schemas";
import { toAppError, toErrorBody } from "@/lib/http/error-response";
import { route } from "@/lib/http/route";
import { bare } from "@/lib/http/route-definition";
import { retrieve } from "@/lib/retrieve/retrieve";

export const POST = route(
  {
    isBilled: true,
    summary: "Create a response",
    about: "OpenAI's Responses.",
    reply: bare(ResponseView, { "text/event-stream": "With stream: response.created to response.completed." }),
    scope: "chat",
    body: ResponsesRequest,
  },
  ({ ctx, body }) =>
    createResponse(ctx, body, {
      retrieve,
      toErrorBody: (error) => toErrorBody(toAppError(error, ctx.requestId), ctx.requestId).body,
    }),
);
