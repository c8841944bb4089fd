import { z } from "zod";
import { listNeighbors, ListNeighborsQuery } from "@/lib/faces/list-neighbors";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route({ scope: "faces:read", params, query: ListNeighborsQuery }, ({ ctx, params, query }) =>
  listNeighbors(ctx, { ...query, ...params }),
);
