import { listAccounts, ListAccountsQuery } from "@/lib/accounts/list-accounts";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "account", query: ListAccountsQuery }, ({ ctx, query }) => listAccounts(ctx, query));
