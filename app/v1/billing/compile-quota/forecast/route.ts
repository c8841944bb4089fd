import { showQuotaForecast } from "@/lib/billing/show-quota-forecast";
import { compileRate } from "@/lib/compile/choose-engine";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "billing:read" }, ({ ctx }) => showQuotaForecast(ctx, compileRate()));
