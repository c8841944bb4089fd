import { z } from "zod";
import { withAnthropicErrors } from "@/lib/chat/anthropic-error";
import { countMessageTokens } from "@/lib/chat/count-message-tokens";
import { CountTokensRequest } from "@/lib/chat/messages-schemas";
import { route } from "@/lib/http/route";
import { answering, bare } from "@/lib/http/route-definition";
import { retrieve } from "@/lib/retrieve/retrieve";

const post = route(
  {
    scope: "chat",
    body: CountTokensRequest,
    errors: "anthropic",
    summary: "Count the tokens of a message",
    about: "Nothing is charged.",
    reply: bare(z.looseObject({ input_tokens: z.number() })),
  },
  async ({ ctx, request, body }) => Response.json(await countMessageTokens(ctx, body, retrieve, request.headers)),
);

export const POST = answering(post, withAnthropicErrors);
