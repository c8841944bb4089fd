import { z } from "zod";
import { countResponseTokens } from "@/lib/chat/responses-count";
import { ResponsesRequest } from "@/lib/chat/responses-schemas";
import { route } from "@/lib/http/route";
import { bare } from "@/lib/http/route-definition";
import { retrieve } from "@/lib/retrieve/retrieve";

export const POST = route(
  {
    summary: "Count the tokens of a response",
    about: "Nothing is charged.",
    reply: bare(z.object({ object: z.literal("response.input_tokens"), input_tokens: z.number() })),
    scope: "chat",
    body: ResponsesRequest,
  },
  async ({ ctx, body }) => Response.json(await countResponseTokens(ctx, body, retrieve)),
);
