import { showStatement, StatementEntry, StatementQuery } from "@/lib/billing/show-statement";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

export const GET = route(
  {
    summary: "Read the ledger",
    about:
      "Each entry is hashed together with the one before it, so that a statement can be checked: npm run verify:ledger -- file.csv.",
    reply: listOf(StatementEntry, { "text/csv": "The whole ledger of the span, with format=csv." }),
    scope: "billing:read",
    query: StatementQuery,
  },
  ({ ctx, query }) => showStatement(ctx, query),
);
