import { showBalance } from "@/lib/billing/show-balance";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "billing:read" }, ({ ctx }) => showBalance(ctx));
