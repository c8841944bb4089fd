import { z } from "zod";
import { answering, bare } from "@/lib/http/route-definition";
import { route } from "@/lib/http/route";
import { withAstriaErrors } from "@/lib/portraits/astria-error";
import { listPrompts, ListPromptsQuery } from "@/lib/portraits/list-prompts";
import { PromptView } from "@/lib/portraits/prompt-schemas";

export const GET = answering(
  route(
    {
      summary: "List prompts",
      about: "Of all tunes, newest first.",
      errors: "astria",
      scope: "faces:read",
      query: ListPromptsQuery,
      reply: bare(z.array(PromptView)),
    },
    async ({ ctx, query }) => Response.json(await listPrompts(ctx, query)),
  ),
  withAstriaErrors,
);
