import { z } from "zod";
import { route } from "@/lib/http/route";
import { deletePortrait, requirePortrait, updatePortrait } from "@/lib/portraits/list-portraits";
import { PortraitView, UpdatePortraitInput } from "@/lib/portraits/portrait-schemas";
import { toPortraitView } from "@/lib/portraits/portrait-view";

const params = z.object({ portrait: z.string() });

export const GET = route(
  { summary: "Show a portrait", reply: PortraitView, scope: "faces:read", params },
  async ({ ctx, params }) => toPortraitView(await requirePortrait(ctx, params.portrait)),
);

export const PATCH = route(
  { summary: "Mark a portrait", reply: PortraitView, scope: "faces:write", params, body: UpdatePortraitInput },
  ({ ctx, params, body }) => updatePortrait(ctx, params.portrait, body),
);

export const DELETE = route(
  {
    summary: "Delete a portrait",
    about: "With its files. Its order goes with its last portrait.",
    reply: z.object({ id: z.string(), deleted: z.literal(true) }),
    scope: "faces:write",
    params,
  },
  async ({ ctx, params }) => {
    await deletePortrait(ctx, params.portrait);
    return { id: params.portrait, deleted: true };
  },
);
