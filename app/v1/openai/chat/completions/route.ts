import { ProxyRequest, proxyRequest } from "@/lib/chat/proxy";
import { toAppError, toErrorBody } from "@/lib/http/error-response";
import { route } from "@/lib/http/route";

export const POST = route({ scope: "chat", body: ProxyRequest }, ({ ctx, request, body, bytes }) =>
  proxyRequest(ctx, "openai", {
    request: body,
    bytes,
    search: new URL(request.url).search,
    headers: request.headers,
    toErrorBody: (error) => toErrorBody(toAppError(error, ctx.requestId), ctx.requestId).body,
  }),
);
