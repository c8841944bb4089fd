import { ProxyRequest, proxyRequest } from "@/lib/chat/proxy";
import { toAppError, toErrorBody } from "@/lib/http/error-response";
import { route } from "@/lib/http/route";
import { content } from "@/lib/http/route-definition";

export const POST = route(
  {
    isBilled: true,
    summary: "Pass a request to OpenAI",
    about: "As it is, billed to the account: no face takes part.",
    reply: content({
      "application/json": "What the provider answers.",
      "text/event-stream": "With stream: what the provider sends.",
    }),
    scope: "chat",
    body: ProxyRequest,
  },
  ({ ctx, request, body, bytes }) =>
    proxyRequest(ctx, "openai", {
      request: body,
      bytes,
      search: new URL(request.url).search,
      headers: request.headers,
      toErrorBody: (error) => toErrorBody(toAppError(error, ctx.requestId), ctx.requestId).body,
    }),
);
