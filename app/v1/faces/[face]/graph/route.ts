import { z } from "zod";
import { GraphView, ShowGraphQuery } from "@/lib/compile/graph-view";
import { cursorOf } from "@/lib/http/page";
import { route } from "@/lib/http/route";
import { bare } from "@/lib/http/route-definition";
import { showFaceGraph } from "@/lib/retrieve/show-composed-graph";

const params = z.object({ face: z.string() });
const query = ShowGraphQuery.extend({ cursor: cursorOf("primitive") });

export const GET = route(
  {
    summary: "Read the graph",
    about: "A page of primitives with what they touch.",
    reply: bare(z.object({ data: GraphView, has_more: z.boolean(), next_cursor: z.string().nullable() })),
    scope: "faces:read",
    params,
    query,
  },
  async ({ ctx, params, query }) => Response.json(await showFaceGraph(ctx, { ...query, ...params })),
);
