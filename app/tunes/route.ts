import { z } from "zod";
import { route } from "@/lib/http/route";
import { answering, bare } from "@/lib/http/route-definition";
import { withAstriaErrors } from "@/lib/portraits/astria-error";
import { createTune } from "@/lib/portraits/create-tune";
import { listTunes } from "@/lib/portraits/list-tunes";
import { CreateTuneForm, ListTunesQuery, TuneView } from "@/lib/portraits/tune-schemas";
import { toTuneView } from "@/lib/portraits/tune-view";

export const GET = answering(
  route(
    {
      summary: "List tunes",
      about: "The newest first. Expired ones are gone.",
      scope: "faces:read",
      query: ListTunesQuery,
      errors: "astria",
      reply: bare(z.array(TuneView)),
    },
    async ({ ctx, query, request }) => {
      const names = new URL(request.url).searchParams.getAll("name[]");
      return Response.json((await listTunes(ctx, query, names)).map(toTuneView));
    },
  ),
  withAstriaErrors,
);

export const POST = answering(
  route(
    {
      summary: "Create a tune",
      about:
        "Photos of one person, ready at once as `<faceid:ID:strength>`. In a form, fields are named as Rails does: `tune[title]`, `tune[images][]`. A photo without a face, with several, too small or blurred is refused, saying which and why. Whoever sends photos vouches that the person agrees.",
      status: 201,
      scope: "faces:write",
      form: CreateTuneForm,
      isAlsoJson: true,
      errors: "astria",
      reply: bare(TuneView),
    },
    async ({ ctx, request }) => Response.json(toTuneView(await createTune(ctx, request)), { status: 201 }),
  ),
  withAstriaErrors,
);
