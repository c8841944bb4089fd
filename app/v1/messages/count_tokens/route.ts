import { withAnthropicErrors } from "@/lib/chat/anthropic-error";
import { countMessageTokens } from "@/lib/chat/count-message-tokens";
import { CountTokensRequest } from "@/lib/chat/messages-schemas";
import { route } from "@/lib/http/route";
import { retrieve } from "@/lib/retrieve/retrieve";

const post = route({ scope: "chat", body: CountTokensRequest }, async ({ ctx, request, body }) =>
  Response.json(await countMessageTokens(ctx, body, retrieve, request.headers)),
);

export const POST: typeof post = async (request, next) => withAnthropicErrors(await post(request, next));
