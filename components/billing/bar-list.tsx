import type { UsageRow } from "@/lib/billing/schemas";
import { countOf } from "@/lib/format";
import { cn } from "@/components/ui/cn";
import { amountOf, formatAmount, type Measure } from "./usage-measure";

/** What a screen holds; the rest stands in the table. */
const mostBars = 12;

/** A bar for each model, face or key, longest first. The number stands beside it, so the bar itself is not read out. */
export function BarList({ rows, measure, label }: { rows: readonly UsageRow[]; measure: Measure; label: string }) {
  const sorted = rows.toSorted((one, other) => amountOf(other, measure) - amountOf(one, measure));
  const max = Math.max(...sorted.map((row) => amountOf(row, measure)), 0) || 1;
  const hidden = sorted.length - mostBars;
  return (
    <>
      <ul aria-label={label} className="num text-2">
        {sorted.slice(0, mostBars).map((row) => (
          <li
            key={row.model ?? row.face_id ?? row.api_key_id ?? "none"}
            className="grid min-h-9 grid-cols-[minmax(0,1fr)_minmax(0,1fr)_88px] items-center gap-3 border-b border-line py-1.5 mid:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_104px]"
          >
            <span className={cn("truncate", row.is_deleted && "text-ink-3")} title={row.label}>
              {row.label}
            </span>
            <svg aria-hidden width="100%" height="6" className="block">
              <rect width="100%" height="6" rx="3" fill="var(--sunk-2)" />
              <rect width={`${(100 * amountOf(row, measure)) / max}%`} height="6" rx="3" fill="var(--accent)" />
            </svg>
            <span className="text-right">{formatAmount(amountOf(row, measure), measure)}</span>
          </li>
        ))}
      </ul>
      {hidden > 0 ? <p className="text-2 text-ink-3">The table also has {countOf(hidden, "row")} with less.</p> : null}
    </>
  );
}
