import { z } from "zod";
import { ListFindingsQuery, listFindings } from "@/lib/compile/list-findings";
import { cursorOf } from "@/lib/http/page";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });
const query = ListFindingsQuery.extend({ cursor: cursorOf("finding") });

export const GET = route({ scope: "faces:read", params, query }, ({ ctx, params, query }) =>
  listFindings(ctx, { ...query, ...params }),
);
