import { z } from "zod";
import { PrimitiveFilter } from "@/lib/compile/list-primitives";
import { PrimitiveCounts } from "@/lib/compile/schemas";
import { route } from "@/lib/http/route";
import { countFacePrimitives } from "@/lib/retrieve/count-face-primitives";

const params = z.object({ face: z.string() });

export const GET = route(
  {
    summary: "Count primitives",
    about: "How many fit a filter, and by component, state and kind how many another choice there would leave.",
    reply: PrimitiveCounts,
    scope: "faces:read",
    params,
    query: PrimitiveFilter,
  },
  ({ ctx, params, query }) => countFacePrimitives(ctx, { ...query, ...params }),
);
