"use client";

import { Download } from "lucide-react";
import { useId } from "react";
import { billingText as text } from "@/components/strings/billing";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Skeleton } from "@/components/ui/skeleton";
import type { UsageGroup, UsageReport } from "@/lib/billing/schemas";
import { formatUsd } from "@/lib/format";
import { BreakdownList, keyOf } from "./breakdown-list";
import { DayBars } from "./charts/day-bars";
import { Legend } from "./charts/legend";
import { stackedDays } from "./charts/series";
import { DayTable } from "./day-table";
import { RowsSection } from "./rows-section";
import { Dates, FilterChips, UsageControls } from "./usage-controls";
import { amountOf, type Measure } from "./usage-measure";
import { dayWithin, spanOf, toWorkFilter } from "./usage-view";
import { savedSentence, usageSentence } from "./usage-words";
import { type UsageAsked, usagePath, useUsage } from "./use-usage";
import type { UsageViewState } from "./use-usage-view";

/** As high as the chart of days, so that nothing below it moves. */
const height = "min-h-64";

/** What was used: by day, then by model, face and key, then row by row. Each number leads to the rows behind it. */
export function UsageSection({ state, now }: { state: UsageViewState; now: number }) {
  const { view, toggleFilter } = state;
  const span = now === 0 ? null : spanOf(view, now);
  const days = useUsage("day", span && { span, filter: toWorkFilter(view.filter) }, view.split);
  const report = days.data;
  // a day that was clicked on narrows down everything but the days themselves
  const within = view.day === null ? span : report === undefined ? null : dayWithin(view.day, report);
  const asked = (without: "model" | "face" | "key"): UsageAsked | null =>
    within && { span: within, filter: toWorkFilter(view.filter, without) };
  const lists = {
    model: useUsage("model", asked("model")),
    face: useUsage("face", asked("face")),
    key: useUsage("key", asked("key")),
  };
  // where nothing costs anything, as with models of one's own, tokens say more
  const measure = view.measure ?? (report && report.totals.cost_usd === 0 ? "tokens" : "cost");
  const headId = useId();
  const nameOf = (name: "face" | "key", id: string) => {
    const row = lists[name].data?.rows.find((each) => keyOf(each) === id);
    return row?.label ?? (id === "none" ? (name === "face" ? text.noFace : text.noKey) : id);
  };
  const saved = lists.face.data ? savedSentence(lists.face.data) : null;

  return (
    <>
      <section aria-labelledby={headId} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="flex flex-wrap items-center gap-3">
          <h2 id={headId} className="mr-auto">
            {text.usageTitle}
          </h2>
          {span ? <Downloads asked={{ span, filter: toWorkFilter(view.filter) }} /> : null}
        </div>
        {view.range === "custom" ? <Dates state={state} /> : null}
        <UsageControls state={state} measure={measure} />
        <FilterChips state={state} nameOf={nameOf} />
        {days.error ? (
          <ApiErrorBlock title={text.usageFailed} error={days.error} onRetry={() => void days.refetch()} />
        ) : null}
        {span === null && now > 0 ? (
          <p className={cn("text-2 text-ink-3", height)}>{text.datesWaiting}</p>
        ) : report ? (
          <div className={cn("grid grid-cols-[minmax(0,1fr)] gap-4", days.isPlaceholderData && "opacity-60")}>
            <Days report={report} measure={measure} state={state} saved={saved} />
          </div>
        ) : days.error ? null : (
          <Waiting />
        )}
        <div className={cn("grid gap-x-10 gap-y-8 pt-4", !view.isTable && "mid:grid-cols-2 wide:grid-cols-3")}>
          {(["model", "face", "key"] as const).map((by) => (
            <BreakdownList
              key={by}
              by={by}
              usage={lists[by]}
              measure={measure}
              isTable={view.isTable}
              chosen={view.filter[by]}
              onChoose={(key) => toggleFilter(by, key)}
            />
          ))}
        </div>
        {report ? <p className="measure text-2 text-ink-3">{ledgerWords(report)}</p> : null}
      </section>
      <RowsSection
        state={state}
        asked={within && { span: within, filter: toWorkFilter(view.filter) }}
        report={report}
      />
    </>
  );
}

type DaysProps = { report: UsageReport; measure: Measure; state: UsageViewState; saved: string | null };

function Days({ report, measure, state: { view, change, toggleFilter }, saved }: DaysProps) {
  const sentence = usageSentence(report, measure, view.split);
  const { series, days } = stackedDays(report, view.split, measure);
  return (
    <>
      <p aria-live="polite" className="measure min-h-12 text-ink-2">
        {sentence} {saved}
      </p>
      <div className={cn("grid grid-cols-[minmax(0,1fr)] content-start gap-3", height)}>
        {view.isTable ? (
          <DayTable {...{ series, days, measure }} />
        ) : amountOf(report.totals, measure) === 0 ? (
          <p className="text-2 text-ink-3">
            {text.nothingToDraw} {measure === "cost" ? text.nothingCost : text.nothingUsed}
          </p>
        ) : (
          <>
            <Legend
              series={series}
              chosen={view.filter[view.split]}
              onChoose={(key) => toggleFilter(view.split, key)}
            />
            <DayBars
              {...{ series, days, measure }}
              label={text.burnChartLabel(sentence)}
              chosen={view.day}
              onChoose={(day) => change({ day: day === view.day ? null : day })}
            />
          </>
        )}
      </div>
    </>
  );
}

const groups: readonly UsageGroup[] = ["day", "model", "face", "key"];

function Downloads({ asked }: { asked: UsageAsked }) {
  return (
    <Menu
      label={text.downloadLabel}
      trigger={
        <Button>
          <Download size={16} strokeWidth={1.75} aria-hidden />
          {text.download}
        </Button>
      }
    >
      {groups.map((group) => (
        <MenuItem key={group} asChild>
          <a href={usagePath(group, asked, { format: "csv" })} download>
            {text.downloads[group]}
          </a>
        </MenuItem>
      ))}
      <MenuItem asChild>
        <a href="/v1/billing/statement?format=csv" download>
          {text.downloads.ledger}
        </a>
      </MenuItem>
    </Menu>
  );
}

/** That the sum of the rows is the ledger's own is said only where it is. */
function ledgerWords({ totals }: UsageReport): string {
  const charged = formatUsd(totals.ledger_charges_usd);
  return totals.ledger_charges_usd === totals.cost_usd
    ? text.ledgerAgrees(charged)
    : text.ledgerDiffers(charged, formatUsd(totals.cost_usd));
}

function Waiting() {
  return (
    <div aria-hidden className="grid gap-4">
      <div className="min-h-12">
        <Skeleton className="mt-1.5 w-80 max-w-full" />
      </div>
      <div className={height}>
        <Skeleton className="h-40 w-full" />
      </div>
    </div>
  );
}
