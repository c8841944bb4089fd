"use client";

import { useId } from "react";
import { billingText as text } from "@/components/strings/billing";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { RichText } from "@/components/ui/rich-text";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { useNow } from "@/components/ui/use-now";
import { useUrlState } from "@/components/ui/use-url-state";
import type { CompileQuotaView, QuotaForecast } from "@/lib/billing/schemas";
import { formatCount, formatUtcDay } from "@/lib/format";
import { burnDownWords, withoutMarks } from "./burn-down-words";
import { BurnDown } from "./charts/burn-down";
import { bodyCell, headCell } from "./table-style";
import { useQuotaForecast } from "./use-usage";

const bold = { b: (words: string) => <b className="text-ink">{words}</b> };

/** How the compile quota is being used up: as words, as a drawing, and as a table. */
export function BurnDownSection({ quota }: { quota: CompileQuotaView | undefined }) {
  const { data, error, refetch } = useQuotaForecast();
  const [view, setView] = useUrlState("quota");
  const now = useNow();
  const headId = useId();
  const isTable = view === "table";
  const words = data ? burnDownWords(data, quota?.overflow_enabled ?? true) : "";
  return (
    <section aria-labelledby={headId} className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id={headId} className="mr-auto">
          {text.burnTitle(data ? data.ends_at !== null : quota?.resets_at !== null)}
        </h2>
        <Segmented
          label={text.view}
          value={isTable ? "table" : "chart"}
          segments={[
            { value: "chart", label: text.chart },
            { value: "table", label: text.table },
          ]}
          onChange={(next) => setView(next === "table" ? "table" : "")}
        />
      </div>
      {error ? (
        <ApiErrorBlock title={text.burnFailed} error={error} onRetry={() => void refetch()} />
      ) : data && now > 0 ? (
        <>
          <p className="measure min-h-12 text-ink-2">
            <RichText text={words} parts={bold} />
          </p>
          {isTable ? (
            <QuotaTable quota={data} />
          ) : (
            <>
              <BurnDown quota={data} now={now} label={text.burnChartLabel(withoutMarks(words))} />
              <p className="text-1 text-ink-3">{data.forecast ? text.burnHow : text.burnHowPlain}</p>
            </>
          )}
        </>
      ) : (
        <Waiting />
      )}
    </section>
  );
}

function QuotaTable({ quota }: { quota: QuotaForecast }) {
  return (
    <div
      role="region"
      aria-label={text.burnTableLabel}
      tabIndex={0}
      className="max-h-80 overflow-auto rounded-2 border border-line px-3"
    >
      <table className="num w-full border-collapse text-2">
        <thead className="sticky top-0 bg-bg">
          <tr>
            <th className={headCell}>{text.dayColumn}</th>
            <th className={headCell}>{text.takenColumn}</th>
            <th className={headCell}>{text.returnedColumn}</th>
            <th className={headCell}>{text.usedColumn}</th>
          </tr>
        </thead>
        <tbody>
          {quota.days.toReversed().map(({ day, taken, returned, used }) => (
            <tr key={day} className="hover:bg-sunk">
              <th scope="row" className={`${bodyCell} font-text`}>
                {formatUtcDay(day)}
              </th>
              <td className={bodyCell}>{formatCount(taken)}</td>
              <td className={bodyCell}>{formatCount(returned)}</td>
              <td className={bodyCell}>{formatCount(used)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Of the drawing's height. */
function Waiting() {
  return (
    <div aria-hidden>
      <div className="min-h-12 pt-1.5">
        <Skeleton className="w-80 max-w-full" />
      </div>
      <div className="h-66 pt-4 wide:h-74">
        <Skeleton className="h-full w-full" />
      </div>
      <div className="h-8" />
    </div>
  );
}
