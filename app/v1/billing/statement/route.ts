import { showStatement, StatementQuery } from "@/lib/billing/show-statement";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "billing:read", query: StatementQuery }, ({ ctx, query }) =>
  showStatement(ctx, query),
);
