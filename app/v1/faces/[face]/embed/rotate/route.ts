import { z } from "zod";
import { rotateEmbed } from "@/lib/embed/rotate-embed";
import { EmbedView } from "@/lib/embed/schemas";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const POST = route(
  {
    scope: "faces:write",
    params,
    summary: "Give a page a new address",
    about: "The old one ends at once, also for those who have it open.",
    reply: EmbedView,
  },
  ({ ctx, params }) => rotateEmbed(ctx, params),
);
