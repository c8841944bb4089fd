"use client";

import { Download } from "lucide-react";
import { useId } from "react";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { UsageReport } from "@/lib/billing/schemas";
import { formatUsd } from "@/lib/format";
import { BarList } from "./bar-list";
import { DayChart, Legend } from "./day-chart";
import { UsageControls } from "./usage-controls";
import { amountOf, type Measure } from "./usage-measure";
import { UsageTable } from "./usage-table";
import { savedSentence, usageSentence } from "./usage-words";
import { usagePath, useUsage } from "./use-usage";
import { useUsageView } from "./use-usage-view";

/** As high as the chart of days, so that nothing below it moves. */
const height = "min-h-64";

/** What was used, by day, model, face or key: as a sentence, as a chart, as a table and as a file. */
export function UsageSection() {
  const state = useUsageView();
  const usage = useUsage(state.group, state.span);
  const report = usage.data;
  // where nothing costs anything, as with models of one's own, tokens say more
  const measure = state.measure ?? (report && report.totals.cost_usd === 0 ? "tokens" : "cost");
  const headId = useId();
  return (
    <section aria-labelledby={headId} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id={headId} className="mr-auto">
          What was used
        </h2>
        <div className="flex gap-2">
          {state.isSpan ? (
            <Button asChild>
              <a href={usagePath(state.group, state.span ?? {}, "csv")} download>
                <Download size={16} strokeWidth={1.75} aria-hidden />
                Usage, CSV
              </a>
            </Button>
          ) : null}
          <Button asChild>
            <a href="/v1/billing/statement?format=csv" download>
              <Download size={16} strokeWidth={1.75} aria-hidden />
              Ledger, CSV
            </a>
          </Button>
        </div>
      </div>
      <UsageControls state={state} measure={measure} />
      {usage.error ? (
        <ApiErrorBlock title="The usage could not be loaded" error={usage.error} onRetry={() => void usage.refetch()} />
      ) : null}
      {!state.isSpan ? (
        <p className={cn("text-2 text-ink-3", height)}>Choose days that follow each other, and the numbers come.</p>
      ) : report ? (
        <div className={cn("grid grid-cols-[minmax(0,1fr)] gap-4", usage.isPlaceholderData && "opacity-60")}>
          <Report report={report} measure={measure} isTable={state.isTable} />
        </div>
      ) : usage.error ? null : (
        <Waiting />
      )}
    </section>
  );
}

function Report({ report, measure, isTable }: { report: UsageReport; measure: Measure; isTable: boolean }) {
  const saved = savedSentence(report);
  const sentence = usageSentence(report, measure);
  return (
    <>
      <p aria-live="polite" className="measure min-h-12 text-ink-2">
        {sentence} {saved}
      </p>
      <div className={cn("grid grid-cols-[minmax(0,1fr)] content-start gap-3", height)}>
        {isTable ? (
          <UsageTable report={report} />
        ) : amountOf(report.totals, measure) === 0 ? (
          <p className="text-2 text-ink-3">There is nothing to draw: {emptyReason(measure)}</p>
        ) : report.group_by === "day" ? (
          <>
            <Legend rows={report.rows} measure={measure} />
            <DayChart rows={report.rows} measure={measure} label={`${sentence} The table has the same numbers.`} />
          </>
        ) : (
          <BarList rows={report.rows} measure={measure} label={sentence} />
        )}
      </div>
      <p className="measure text-2 text-ink-3">{ledgerWords(report)}</p>
    </>
  );
}

function emptyReason(measure: Measure): string {
  return measure === "cost" ? "nothing that was used in these days has a price." : "nothing was used in these days.";
}

/** That the sum of the rows is the ledger's own is said only where it is. */
function ledgerWords({ totals }: UsageReport): string {
  const charged = formatUsd(totals.ledger_charges_usd);
  return totals.ledger_charges_usd === totals.cost_usd
    ? `The ledger charged ${charged} in the same days. Days are counted in UTC; what was used by faces and keys that are deleted stays.`
    : `The ledger charged ${charged} in the same days, and the usage says ${formatUsd(totals.cost_usd)}. Tell whoever runs this installation: the two must be equal.`;
}

function Waiting() {
  return (
    <div className="grid gap-4">
      <div className="min-h-12">
        <Skeleton className="mt-1.5 w-80 max-w-full" />
      </div>
      <div className={height}>
        <Skeleton className="h-40 w-full" />
      </div>
      <div className="min-h-10" />
    </div>
  );
}
