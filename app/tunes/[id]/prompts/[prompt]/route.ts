import { z } from "zod";
import { answering, bare } from "@/lib/http/route-definition";
import { route } from "@/lib/http/route";
import { withAstriaErrors } from "@/lib/portraits/astria-error";
import { deletePrompt, readPrompt } from "@/lib/portraits/list-prompts";
import { PromptView } from "@/lib/portraits/prompt-schemas";

const params = z.object({ id: z.string(), prompt: z.string() });

export const GET = answering(
  route(
    { summary: "Show a tune's prompt", errors: "astria", scope: "faces:read", params, reply: bare(PromptView) },
    async ({ ctx, params }) => Response.json(await readPrompt(ctx, { prompt: params.prompt, tune: params.id })),
  ),
  withAstriaErrors,
);

export const DELETE = answering(
  route(
    {
      summary: "Delete a tune's prompt",
      about: "With its images. One that is being made is stopped, and costs nothing.",
      errors: "astria",
      scope: "faces:write",
      params,
      reply: bare(z.object({ id: z.number().int(), deleted: z.literal(true) })),
    },
    async ({ ctx, params }) => Response.json(await deletePrompt(ctx, { prompt: params.prompt, tune: params.id })),
  ),
  withAstriaErrors,
);
