import { billingText as text } from "@/components/strings/billing";
import { formatUtcDay } from "@/lib/format";
import type { DayBar, Series } from "./charts/series";
import { bodyCell, headCell } from "./table-style";
import { formatAmount, type Measure } from "./usage-measure";

type DayTableProps = { series: readonly Series[]; days: readonly DayBar[]; measure: Measure };

/** The numbers of the bars, part by part. Newest first: nobody scrolls through a month for today. */
export function DayTable({ series, days, measure }: DayTableProps) {
  const sums = series.map((_each, at) => days.reduce((sum, { parts }) => sum + (parts[at] ?? 0), 0));
  const all = days.reduce((sum, { total }) => sum + total, 0);
  const row = (amounts: readonly number[], total: number) =>
    [...(series.length > 1 ? amounts : []), total].map((amount, at) => (
      <td key={at} className={bodyCell}>
        {formatAmount(amount, measure)}
      </td>
    ));
  return (
    <div role="region" aria-label={text.tableOf(text.dayColumn)} tabIndex={0} className="max-h-112 overflow-auto">
      <table className="num w-full border-collapse text-2">
        <thead className="sticky top-0 bg-bg">
          <tr>
            <th className={headCell}>{text.dayColumn}</th>
            {series.length > 1
              ? series.map(({ key, label }) => (
                  <th key={key} className={headCell} title={label}>
                    <span className="inline-block max-w-36 truncate align-bottom">{label}</span>
                  </th>
                ))
              : null}
            <th className={headCell}>{text.together}</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ day, parts, total }) => (
            <tr key={day} className="hover:bg-sunk">
              <th scope="row" className={`${bodyCell} font-text`}>
                {formatUtcDay(day)}
              </th>
              {row(
                series.map((_each, at) => parts[at] ?? 0),
                total,
              )}
            </tr>
          ))}
        </tbody>
        <tfoot className="font-strong">
          <tr>
            <th scope="row" className={bodyCell}>
              {text.together}
            </th>
            {row(sums, all)}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
