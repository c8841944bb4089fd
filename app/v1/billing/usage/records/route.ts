import { listWork, WorkQuery } from "@/lib/billing/list-work";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "billing:read", query: WorkQuery }, ({ ctx, query }) => listWork(ctx, query));
