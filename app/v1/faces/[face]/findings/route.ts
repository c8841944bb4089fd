import { z } from "zod";
import { ListFindingsQuery, listFindings } from "@/lib/compile/list-findings";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route({ scope: "faces:read", params, query: ListFindingsQuery }, ({ ctx, params, query }) =>
  listFindings(ctx, { ...query, ...params }),
);
