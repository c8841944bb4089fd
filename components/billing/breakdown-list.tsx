"use client";

import { useId } from "react";
import { FaceAvatar } from "@/components/portraits/face-avatar";
import { useFaces } from "@/components/faces/use-faces";
import { billingText as text } from "@/components/strings/billing";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { UsageReport, UsageRow } from "@/lib/billing/schemas";
import { amountOf, formatAmount, type Measure } from "./usage-measure";
import { UsageTable } from "./usage-table";

/** What a screen holds; the rest stands in the table. */
const mostBars = 8;

export type BreakdownBy = "model" | "face" | "key";

type BreakdownListProps = {
  by: BreakdownBy;
  usage: { data: UsageReport | undefined; error: Error | null; refetch: () => unknown; isPlaceholderData: boolean };
  measure: Measure;
  isTable: boolean;
  chosen: string | undefined;
  onChoose: (key: string) => void;
};

/** A bar for each model, face or key, longest first. Pressing one shows only its work; pressing it again, all. */
export function BreakdownList({ by, usage, measure, isTable, chosen, onChoose }: BreakdownListProps) {
  const headId = useId();
  const { data: report, error } = usage;
  return (
    <section
      aria-labelledby={headId}
      className={cn("grid min-w-0 content-start gap-1", usage.isPlaceholderData && "opacity-60")}
    >
      <div className="flex items-baseline gap-3 border-b border-line pb-1">
        <h3 id={headId} className="mr-auto text-3">
          {text.by[by]}
        </h3>
        {report ? <span className="num text-2 text-ink-3">{formatAmount(sumOf(report, measure), measure)}</span> : null}
      </div>
      {error ? (
        <ApiErrorBlock title={text.listFailed[by]} error={error} onRetry={() => void usage.refetch()} />
      ) : report === undefined ? (
        <div className="grid min-h-36 content-start gap-6 pt-3">
          <Skeleton className="w-full" />
          <Skeleton className="w-2/3" />
        </div>
      ) : report.rows.length === 0 ? (
        <p className="py-2 text-2 text-ink-3">{text.listEmpty}</p>
      ) : isTable ? (
        <UsageTable report={report} />
      ) : (
        <Bars {...{ by, measure, chosen, onChoose }} rows={report.rows} />
      )}
    </section>
  );
}

/** Of what stands in the list: whichever of them is chosen, the others stand there too. */
const sumOf = ({ rows }: UsageReport, measure: Measure): number =>
  rows.reduce((sum, row) => sum + amountOf(row, measure), 0);

export const keyOf = (row: UsageRow): string => row.model ?? row.face_id ?? row.api_key_id ?? "none";

type BarsProps = Omit<BreakdownListProps, "usage" | "isTable"> & { rows: readonly UsageRow[] };

function Bars({ by, rows, measure, chosen, onChoose }: BarsProps) {
  const sorted = rows.toSorted((one, other) => amountOf(other, measure) - amountOf(one, measure));
  const max = Math.max(...sorted.map((row) => amountOf(row, measure)), 0) || 1;
  const first = sorted.slice(0, mostBars);
  const shown = chosen === undefined ? first : withChosen(first, sorted, chosen);
  const hidden = sorted.length - shown.length;
  return (
    <>
      <ul className="num text-2">
        {shown.map((row) => {
          const key = keyOf(row);
          const amount = amountOf(row, measure);
          const isChosen = key === chosen;
          return (
            <li key={key} className="border-b border-line">
              <button
                type="button"
                aria-pressed={isChosen}
                onClick={() => onChoose(key)}
                className={cn(
                  "grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 rounded-1 px-1 py-2 text-left -outline-offset-2 hover:bg-sunk",
                  isChosen && "bg-accent-soft",
                  chosen !== undefined && !isChosen && "text-ink-3",
                )}
              >
                <span
                  className={cn("flex min-w-0 items-center gap-2", row.is_deleted && "text-ink-3")}
                  title={row.label}
                >
                  {by === "face" ? <FaceMark id={row.face_id ?? null} /> : null}
                  <span className="truncate">{row.label}</span>
                </span>
                <span>{formatAmount(amount, measure)}</span>
                <span className="sr-only">{isChosen ? text.listRowChosen : text.listRowOther}</span>
                <svg aria-hidden width="100%" height="4" className="col-span-2 block">
                  <rect width="100%" height="4" rx="2" fill="var(--sunk-2)" />
                  <rect width={`${(100 * amount) / max}%`} height="4" rx="2" fill="var(--accent)" />
                </svg>
              </button>
            </li>
          );
        })}
      </ul>
      {hidden > 0 ? <p className="pt-1 text-1 text-ink-3">{text.listMore(hidden)}</p> : null}
    </>
  );
}

function withChosen(first: UsageRow[], all: readonly UsageRow[], chosen: string): UsageRow[] {
  const row = all.find((each) => keyOf(each) === chosen);
  return row === undefined || first.includes(row) ? first : [...first, row];
}

/** The fingerprint, of faces that are in the page's cache anyway; a dashed ring for work without a face. */
function FaceMark({ id }: { id: string | null }) {
  const { data: faces } = useFaces();
  const face = faces?.find((each) => each.id === id);
  if (face) return <FaceAvatar face={face} size={20} />;
  return (
    <svg aria-hidden width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="var(--ink-3)">
      <circle cx="10" cy="10" r="8" strokeWidth="1.5" strokeDasharray="3 3" />
    </svg>
  );
}
