import { countResponseTokens } from "@/lib/chat/responses-count";
import { ResponsesRequest } from "@/lib/chat/responses-schemas";
import { route } from "@/lib/http/route";
import { retrieve } from "@/lib/retrieve/retrieve";

export const POST = route({ scope: "chat", body: ResponsesRequest }, async ({ ctx, body }) =>
  Response.json(await countResponseTokens(ctx, body, retrieve)),
);
