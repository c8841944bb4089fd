import { z } from "zod";
import { ShowGraphQuery } from "@/lib/compile/graph-view";
import { cursorOf } from "@/lib/http/page";
import { route } from "@/lib/http/route";
import { showFaceGraph } from "@/lib/retrieve/show-composed-graph";

const params = z.object({ face: z.string() });
const query = ShowGraphQuery.extend({ cursor: cursorOf("primitive") });

export const GET = route({ scope: "faces:read", params, query }, async ({ ctx, params, query }) =>
  Response.json(await showFaceGraph(ctx, { ...query, ...params })),
);
