import { listAccounts, ListAccountsQuery } from "@/lib/accounts/list-accounts";
import { AdminAccountView } from "@/lib/accounts/schemas";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

export const GET = route(
  {
    summary: "List accounts",
    about: "For admins.",
    reply: listOf(AdminAccountView),
    scope: "account",
    query: ListAccountsQuery,
  },
  ({ ctx, query }) => listAccounts(ctx, query),
);
