import { toAnthropicError, withAnthropicErrors } from "@/lib/chat/anthropic-error";
import { ProxyRequest, proxyRequest } from "@/lib/chat/proxy";
import { statusOf, toAppError } from "@/lib/http/error-response";
import { route } from "@/lib/http/route";

const post = route({ scope: "chat", body: ProxyRequest }, ({ ctx, request, body, bytes }) =>
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

export const POST: typeof post = async (request, next) => withAnthropicErrors(await post(request, next));
