import { z } from "zod";
import { answering, bare } from "@/lib/http/route-definition";
import { route } from "@/lib/http/route";
import { withAstriaErrors } from "@/lib/portraits/astria-error";
import { listPrompts, ListPromptsQuery } from "@/lib/portraits/list-prompts";
import { PromptForm } from "@/lib/portraits/prompt-input";
import { PromptView } from "@/lib/portraits/prompt-schemas";
import { sendPrompt } from "@/lib/portraits/send-prompt";

const params = z.object({ id: z.string() });

export const GET = answering(
  route(
    {
      summary: "List a tune's prompts",
      about:
        "Newest first: those that were posted here, and those whose text names the tune. A base model of Astria's lists those that were posted under its number.",
      errors: "astria",
      scope: "faces:read",
      params,
      query: ListPromptsQuery,
      reply: bare(z.array(PromptView)),
    },
    async ({ ctx, params, query }) => Response.json(await listPrompts(ctx, query, params.id)),
  ),
  withAstriaErrors,
);

export const POST = answering(
  route(
    {
      summary: "Make portraits",
      about:
        "The text names people as `<faceid:ID:strength>`. The number in the path is a base model of Astria's, which means nothing here, or a tune. It is done when `images` is not empty and has failed when `user_error` is set.",
      errors: "astria",
      scope: "faces:write",
      params,
      form: PromptForm,
      isAlsoJson: true,
      isBilled: true,
      status: 201,
      reply: bare(PromptView),
    },
    async ({ ctx, params, request }) => Response.json(await sendPrompt(ctx, params.id, request), { status: 201 }),
  ),
  withAstriaErrors,
);
