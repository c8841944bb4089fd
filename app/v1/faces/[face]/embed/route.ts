import { z } from "zod";
import { deleteEmbed } from "@/lib/embed/delete-embed";
import { findFaceEmbed } from "@/lib/embed/find-face-embed";
import { saveEmbed } from "@/lib/embed/save-embed";
import { EmbedView, SaveEmbedInput } from "@/lib/embed/schemas";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route(
  {
    scope: "faces:read",
    params,
    summary: "Read a face's page for visitors",
    about: "Null when none was made.",
    reply: EmbedView.nullable(),
  },
  ({ ctx, params }) => findFaceEmbed(ctx, params),
);

export const PUT = route(
  {
    scope: "faces:write",
    params,
    body: SaveEmbedInput,
    summary: "Make or change a face's page for visitors",
    about:
      "What is left out stays as it is. Its chats run on a key of its own that nobody holds, with `budget_usd` as its budget; a key that is limited itself may not make one.",
    reply: EmbedView,
  },
  ({ ctx, params, body }) => saveEmbed(ctx, { ...params, ...body }),
);

export const DELETE = route(
  {
    scope: "faces:write",
    params,
    summary: "Delete a face's page for visitors",
    about: "Its address ends at once, and its key with it.",
    reply: z.object({ id: z.string(), deleted: z.literal(true) }),
  },
  ({ ctx, params }) => deleteEmbed(ctx, params),
);
