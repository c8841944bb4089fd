import { z } from "zod";
import { listNeighbors, ListNeighborsQuery, Neighbors } from "@/lib/faces/list-neighbors";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route(
  {
    summary: "Find similar faces",
    about: "The nearest or furthest of your faces, by cosine, as a whole or in one component.",
    reply: Neighbors,
    scope: "faces:read",
    params,
    query: ListNeighborsQuery,
  },
  ({ ctx, params, query }) => listNeighbors(ctx, { ...query, ...params }),
);
