import { listModels } from "@/lib/chat/list-models";
import { ModelList } from "@/lib/chat/reply-schemas";
import { route } from "@/lib/http/route";
import { bare } from "@/lib/http/route-definition";

/** OpenAI's list, so without pages; `has_more` and its companions are what Anthropic's clients look for. */
export const GET = route(
  {
    summary: "List models",
    about: "Everything that may stand behind @, with what it costs this account.",
    reply: bare(ModelList),
    scope: "chat",
  },
  async ({ ctx }) => {
    const { models, servers } = await listModels(ctx);
    const page = { has_more: false, first_id: models[0]?.id ?? null, last_id: models.at(-1)?.id ?? null };
    return Response.json({ object: "list", data: models, ...page, ...(servers.length === 0 ? {} : { servers }) });
  },
);
