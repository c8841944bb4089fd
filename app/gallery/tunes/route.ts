import { z } from "zod";
import { publicRoute } from "@/lib/http/route";
import { answering, bare } from "@/lib/http/route-definition";
import { withAstriaErrors } from "@/lib/portraits/astria-error";
import { GalleryTune, galleryTunes } from "@/lib/portraits/gallery";

/** Astria's clients look here for the base models whose numbers they post prompts to. */
export const GET = answering(
  publicRoute(
    {
      summary: "List base models",
      about: "Whatever number a prompt is posted to, the engine makes it; this one is Astria's own in its examples.",
      errors: "astria",
      reply: bare(z.array(GalleryTune)),
    },
    ({ request }) => Response.json(galleryTunes(new URL(request.url).searchParams)),
  ),
  withAstriaErrors,
);
