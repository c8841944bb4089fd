import { z } from "zod";
import { FindingView, listFindings, ListFindingsQuery } from "@/lib/compile/list-findings";
import { cursorOf } from "@/lib/http/page";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

const params = z.object({ face: z.string() });
const query = ListFindingsQuery.extend({ cursor: cursorOf("finding") });

export const GET = route(
  {
    summary: "List findings",
    about: "Passages that are shown to the owner and never compiled, such as instructions to a machine.",
    reply: listOf(FindingView),
    scope: "faces:read",
    params,
    query,
  },
  ({ ctx, params, query }) => listFindings(ctx, { ...query, ...params }),
);
