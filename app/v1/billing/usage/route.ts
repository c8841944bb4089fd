import { UsageQuery, UsageReport } from "@/lib/billing/schemas";
import { usageReport } from "@/lib/billing/usage-report";
import { usageCsv } from "@/lib/billing/usage-report-csv";
import { route } from "@/lib/http/route";
import { dataOf } from "@/lib/http/route-definition";

export const GET = route(
  {
    summary: "Report usage",
    about: "Rows and totals add up to the ledger. Half-open spans: from is in, to is not.",
    reply: dataOf(UsageReport, { "text/csv": "The same rows, with format=csv." }),
    scope: "billing:read",
    query: UsageQuery,
  },
  async ({ ctx, query }) => {
    const report = await usageReport(ctx, query);
    if (query.format === "json") return report;
    const name = `usage-by-${report.group_by}-${report.from.slice(0, 10)}-to-${report.to.slice(0, 10)}.csv`;
    return new Response(usageCsv(report), {
      headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${name}"` },
    });
  },
);
