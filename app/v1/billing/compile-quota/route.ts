import { showCompileQuota } from "@/lib/billing/show-compile-quota";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "billing:read" }, ({ ctx }) => showCompileQuota(ctx));
