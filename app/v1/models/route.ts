import { listModels } from "@/lib/chat/list-models";
import { route } from "@/lib/http/route";

/** OpenAI's list, so without pages; `has_more` and its companions are what Anthropic's clients look for. */
export const GET = route({ scope: "chat" }, async ({ ctx }) => {
  const { models, servers } = await listModels(ctx);
  const page = { has_more: false, first_id: models[0]?.id ?? null, last_id: models.at(-1)?.id ?? null };
  return Response.json({ object: "list", data: models, ...page, ...(servers.length === 0 ? {} : { servers }) });
});
