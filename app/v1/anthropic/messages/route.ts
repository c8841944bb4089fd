import { toAnthropicError, withAnthropicErrors } from "@/lib/chat/anthropic-error";
import { ProxyRequest, proxyRequest } from "@/lib/chat/proxy";
import { statusOf, toAppError } from "@/lib/http/error-response";
import { route } from "@/lib/http/route";
import { answering, content } from "@/lib/http/route-definition";

const post = route(
  {
    scope: "chat",
    body: ProxyRequest,
    isBilled: true,
    errors: "anthropic",
    summary: "Pass a request to Anthropic",
    about: "As it is, billed to the account: no face takes part.",
    reply: content({
      "application/json": "What the provider answers.",
      "text/event-stream": "With stream: what the provider sends.",
    }),
  },
  ({ ctx, request, body, bytes }) =>
    proxyRequest(ctx, "anthropic", {
      request: body,
      bytes,
      search: new URL(request.url).search,
      headers: request.headers,
      toErrorBody(error) {
        const known = toAppError(error, ctx.requestId);
        return toAnthropicError(statusOf[known.code], known.message, ctx.requestId);
      },
    }),
);

export const POST = answering(post, withAnthropicErrors);
