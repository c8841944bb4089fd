import { z } from "zod";
import { ListPrimitivesQuery, listPrimitives } from "@/lib/compile/list-primitives";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route({ scope: "faces:read", params, query: ListPrimitivesQuery }, ({ ctx, params, query }) =>
  listPrimitives(ctx, { ...query, ...params }),
);
