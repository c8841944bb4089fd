import { z } from "zod";
import { UpdatePrimitiveInput } from "@/lib/compile/schemas";
import { updatePrimitive } from "@/lib/compile/update-primitive";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string(), primitive: z.string() });

export const PATCH = route({ scope: "faces:write", params, body: UpdatePrimitiveInput }, ({ ctx, params, body }) =>
  updatePrimitive(ctx, { ...body, ...params }),
);
