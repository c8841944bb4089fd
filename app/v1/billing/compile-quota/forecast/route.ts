import { QuotaForecast } from "@/lib/billing/schemas";
import { showQuotaForecast } from "@/lib/billing/show-quota-forecast";
import { compileRate } from "@/lib/compile/choose-engine";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Forecast the compile quota",
    about: "How the period went day by day, and how it goes on at this pace: an estimate.",
    reply: QuotaForecast,
    scope: "billing:read",
  },
  ({ ctx }) => showQuotaForecast(ctx, compileRate()),
);
