import { z } from "zod";
import { GraphMap } from "@/lib/compile/schemas";
import { route } from "@/lib/http/route";
import { showGraphMap } from "@/lib/retrieve/show-graph-map";

const params = z.object({ face: z.string() });

export const GET = route(
  {
    scope: "faces:read",
    summary: "A face's whole graph, to be drawn",
    about: "In columns, a fifth of the size of the graph in pages; with places that put near what is near in meaning.",
    params,
    reply: GraphMap,
  },
  ({ ctx, params }) => showGraphMap(ctx, params),
);
