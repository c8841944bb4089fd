import { usageCsv } from "@/lib/billing/usage-report-csv";
import { UsageQuery } from "@/lib/billing/schemas";
import { usageReport } from "@/lib/billing/usage-report";
import { route } from "@/lib/http/route";

export const GET = route({ scope: "billing:read", query: UsageQuery }, async ({ ctx, query }) => {
  const report = await usageReport(ctx, query);
  if (query.format === "json") return report;
  const name = `usage-by-${report.group_by}-${report.from.slice(0, 10)}-to-${report.to.slice(0, 10)}.csv`;
  return new Response(usageCsv(report), {
    headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${name}"` },
  });
});
