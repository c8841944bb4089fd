import { z } from "zod";
import { ShowGraphQuery } from "@/lib/compile/graph-view";
import { showGraph } from "@/lib/compile/show-graph";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route({ scope: "faces:read", params, query: ShowGraphQuery }, async ({ ctx, params, query }) =>
  Response.json(await showGraph(ctx, { ...query, ...params })),
);
