import { z } from "zod";
import { route } from "@/lib/http/route";
import { upscalePortrait } from "@/lib/portraits/orders";
import { OrderView } from "@/lib/portraits/portrait-schemas";

export const POST = route(
  {
    summary: "Make a portrait larger",
    about: "Orders it again with the same text, people, engine and seed, and `super_resolution`.",
    reply: OrderView,
    scope: "faces:write",
    params: z.object({ portrait: z.string() }),
    isBilled: true,
    status: 201,
  },
  ({ ctx, params }) => upscalePortrait(ctx, params.portrait),
);
