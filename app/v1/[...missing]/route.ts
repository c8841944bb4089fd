import { withAnthropicErrors } from "@/lib/chat/anthropic-error";
import { NotFoundError } from "@/lib/errors";
import type { RouteHandler } from "@/lib/http/node-adapter";
import { publicRoute } from "@/lib/http/route";

const answer = publicRoute({}, ({ request }) => {
  throw new NotFoundError(`${request.method} ${new URL(request.url).pathname}`);
});

/** Where Anthropic's clients ask, which read no errors but Anthropic's. */
const anthropicPaths = /^\/v1\/(?:messages|anthropic)\//;

const missing: RouteHandler = async (request, next) => {
  const response = await answer(request, next);
  return anthropicPaths.test(new URL(request.url).pathname) ? withAnthropicErrors(response) : response;
};

export { missing as DELETE, missing as GET, missing as PATCH, missing as POST, missing as PUT };
