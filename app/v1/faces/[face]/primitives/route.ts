import { z } from "zod";
import { ListPrimitivesQuery } from "@/lib/compile/list-primitives";
import { cursorOf } from "@/lib/http/page";
import { route } from "@/lib/http/route";
import { listFacePrimitives } from "@/lib/retrieve/list-composed-primitives";

const params = z.object({ face: z.string() });
const query = ListPrimitivesQuery.extend({ cursor: cursorOf("primitive") });

export const GET = route({ scope: "faces:read", params, query }, ({ ctx, params, query }) =>
  listFacePrimitives(ctx, { ...query, ...params }),
);
