import { BalanceView } from "@/lib/billing/schemas";
import { showBalance } from "@/lib/billing/show-balance";
import { route } from "@/lib/http/route";

export const GET = route({ summary: "Show the balance", reply: BalanceView, scope: "billing:read" }, ({ ctx }) =>
  showBalance(ctx),
);
