import { z } from "zod";
import { route } from "@/lib/http/route";
import { answering, bare } from "@/lib/http/route-definition";
import { withAstriaErrors } from "@/lib/portraits/astria-error";
import { deleteTune } from "@/lib/portraits/delete-tune";
import { requireTune } from "@/lib/portraits/tune-access";
import { TuneView, UpdateTuneForm } from "@/lib/portraits/tune-schemas";
import { toTuneView } from "@/lib/portraits/tune-view";
import { updateTune } from "@/lib/portraits/update-tune";

const params = z.object({ id: z.string() });

export const GET = answering(
  route(
    { summary: "Read a tune", scope: "faces:read", params, errors: "astria", reply: bare(TuneView) },
    async ({ ctx, params }) => Response.json(toTuneView(await requireTune(ctx, params.id))),
  ),
  withAstriaErrors,
);

export const PATCH = answering(
  route(
    {
      summary: "Change a tune",
      about:
        "What is named is changed, what is sent empty is taken away, and photos are added to those that are there.",
      scope: "faces:write",
      params,
      form: UpdateTuneForm,
      isAlsoJson: true,
      errors: "astria",
      reply: bare(TuneView),
    },
    async ({ ctx, params, request }) => Response.json(toTuneView(await updateTune(ctx, params.id, request))),
  ),
  withAstriaErrors,
);

export const DELETE = answering(
  route(
    {
      summary: "Delete a tune",
      about:
        "With its photos, what was measured of them, everything that was made of the person, and copies elsewhere.",
      scope: "faces:write",
      params,
      errors: "astria",
      reply: bare(z.object({ id: z.number().int(), deleted: z.literal(true) })),
    },
    async ({ ctx, params }) => Response.json(await deleteTune(ctx, params.id)),
  ),
  withAstriaErrors,
);
