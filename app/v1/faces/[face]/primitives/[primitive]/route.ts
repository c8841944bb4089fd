import { z } from "zod";
import { PrimitiveView, UpdatePrimitiveInput } from "@/lib/compile/schemas";
import { updatePrimitive } from "@/lib/compile/update-primitive";
import { route } from "@/lib/http/route";
import { showFacePrimitive } from "@/lib/retrieve/show-primitive";

const params = z.object({ face: z.string(), primitive: z.string() });

export const GET = route(
  {
    summary: "Get a primitive",
    about: "One statement with the sentences it rests on.",
    reply: PrimitiveView,
    scope: "faces:read",
    params,
  },
  ({ ctx, params }) => showFacePrimitive(ctx, params),
);

export const PATCH = route(
  {
    summary: "Change a primitive",
    about: "Reword it, move it, pin it, disable it, accept a draft; null takes a change back.",
    reply: PrimitiveView,
    scope: "faces:write",
    params,
    body: UpdatePrimitiveInput,
  },
  ({ ctx, params, body }) => updatePrimitive(ctx, { ...body, ...params }),
);
