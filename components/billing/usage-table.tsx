import type { UsageGroup, UsageReport } from "@/lib/billing/schemas";
import { cn } from "@/components/ui/cn";
import { formatCount, formatUsd } from "@/lib/format";
import type { UsageFigures } from "./usage-measure";
import { rowName } from "./usage-words";

const head =
  "border-b border-line py-2 pl-4 text-right text-1 font-text whitespace-nowrap text-ink-3 first:pl-0 first:text-left";
const cell = "border-b border-line py-2 pl-4 text-right whitespace-nowrap first:pl-0 first:text-left";

const heads: Record<UsageGroup, string> = { day: "Day (UTC)", model: "Model", face: "Face", key: "Key" };

/** The numbers behind the chart, and their sum; money first, which a phone shows too. Wider than a phone, it moves sideways within itself. */
export function UsageTable({ report }: { report: UsageReport }) {
  const { group_by: group, totals } = report;
  // newest first: nobody scrolls through a month for today
  const rows = group === "day" ? report.rows.toReversed() : report.rows;
  const hasSaved = group === "face";
  return (
    <div role="region" aria-label="Usage as a table" tabIndex={0} className="overflow-x-auto">
      <table className="num w-full border-collapse text-2">
        <thead>
          <tr>
            <th className={head}>{heads[group]}</th>
            <th className={head}>Spent</th>
            <th className={head}>Answers</th>
            <th className={head}>Tokens read</th>
            <th className={head}>Written</th>
            <th className={head}>Compiled</th>
            <th className={head}>Of the quota</th>
            {hasSaved ? <th className={head}>Tokens saved</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.day ?? row.model ?? row.face_id ?? row.api_key_id ?? "none"} className="hover:bg-sunk">
              <th
                scope="row"
                title={row.label}
                className={cn(cell, "max-w-60 truncate font-text", row.is_deleted && "text-ink-3")}
              >
                {rowName(row)}
              </th>
              <Cells figures={row} hasSaved={hasSaved} />
            </tr>
          ))}
        </tbody>
        <tfoot className="font-strong">
          <tr>
            <th scope="row" className={cell}>
              Together
            </th>
            <Cells figures={totals} hasSaved={hasSaved} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Cells({ figures, hasSaved }: { figures: UsageFigures; hasSaved: boolean }) {
  return (
    <>
      <td className={cell}>{formatUsd(figures.cost_usd)}</td>
      <td className={cell}>{formatCount(figures.requests)}</td>
      <td className={cell}>{formatCount(figures.input_tokens)}</td>
      <td className={cell}>{formatCount(figures.output_tokens)}</td>
      <td className={cell}>{formatCount(figures.compile_tokens)}</td>
      <td className={cell}>{formatCount(figures.quota_tokens)}</td>
      {hasSaved ? (
        <td className={cell}>{figures.saved ? formatCount(figures.saved.tokens_saved) : "not known"}</td>
      ) : null}
    </>
  );
}
