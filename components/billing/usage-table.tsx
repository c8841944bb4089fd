import { billingText as text } from "@/components/strings/billing";
import { cn } from "@/components/ui/cn";
import type { UsageReport } from "@/lib/billing/schemas";
import { formatCount, formatUsd } from "@/lib/format";
import { bodyCell, headCell } from "./table-style";
import type { UsageFigures } from "./usage-measure";
import { rowName } from "./usage-words";

/** The numbers behind a list of models, faces or keys, and their sum; money first, which a phone shows too. Wider than a phone, it moves sideways within itself. */
export function UsageTable({ report }: { report: UsageReport }) {
  const { group_by: group, totals, rows } = report;
  const hasSaved = (totals.saved?.answers ?? 0) > 0;
  const name = group === "day" ? text.dayColumn : text.columns[group];
  return (
    <div role="region" aria-label={text.tableOf(name)} tabIndex={0} className="max-h-112 overflow-auto">
      <table className="num w-full border-collapse text-2">
        <thead className="sticky top-0 bg-bg">
          <tr>
            <th className={headCell}>{name}</th>
            <th className={headCell}>{text.columns.cost}</th>
            <th className={headCell}>{text.columns.answers}</th>
            <th className={headCell}>{text.columns.read}</th>
            <th className={headCell}>{text.columns.written}</th>
            <th className={headCell}>{text.columns.compiled}</th>
            <th className={headCell}>{text.columns.quota}</th>
            {hasSaved ? <th className={headCell}>{text.columns.saved}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.day ?? row.model ?? row.face_id ?? row.api_key_id ?? "none"} className="hover:bg-sunk">
              <th
                scope="row"
                title={row.label}
                className={cn(bodyCell, "max-w-60 truncate font-text", row.is_deleted && "text-ink-3")}
              >
                {rowName(row)}
              </th>
              <Cells figures={row} hasSaved={hasSaved} />
            </tr>
          ))}
        </tbody>
        <tfoot className="font-strong">
          <tr>
            <th scope="row" className={bodyCell}>
              {text.together}
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
      <td className={bodyCell}>{formatUsd(figures.cost_usd)}</td>
      <td className={bodyCell}>{formatCount(figures.requests)}</td>
      <td className={bodyCell}>{formatCount(figures.input_tokens)}</td>
      <td className={bodyCell}>{formatCount(figures.output_tokens)}</td>
      <td className={bodyCell}>{formatCount(figures.compile_tokens)}</td>
      <td className={bodyCell}>{formatCount(figures.quota_tokens)}</td>
      {hasSaved ? (
        <td className={bodyCell}>{figures.saved ? formatCount(figures.saved.tokens_saved) : text.notKnown}</td>
      ) : null}
    </>
  );
}
