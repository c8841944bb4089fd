import { listWork, WorkQuery } from "@/lib/billing/list-work";
import { WorkView } from "@/lib/billing/schemas";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

export const GET = route(
  {
    summary: "List metered work",
    about: "The rows that a usage report adds up, newest first.",
    reply: listOf(WorkView),
    scope: "billing:read",
    query: WorkQuery,
  },
  ({ ctx, query }) => listWork(ctx, query),
);
