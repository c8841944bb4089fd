import { showHealth } from "@/lib/accounts/show-health";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "account" }, ({ ctx }) => showHealth(ctx));
