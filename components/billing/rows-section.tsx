"use client";

import dynamic from "next/dynamic";
import { useId } from "react";
import { billingText as text } from "@/components/strings/billing";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import type { UsageReport } from "@/lib/billing/schemas";
import type { UsageAsked } from "./use-usage";
import type { UsageViewState } from "./use-usage-view";
import { WorkTable } from "./work-table";

/** Most people come for the work; whoever wants the ledger waits a moment longer. */
const LedgerTable = dynamic(() => import("./ledger-table").then((all) => all.LedgerTable), { ssr: false });

export type RowsProps = { state: UsageViewState; asked: UsageAsked | null; report: UsageReport | undefined };

/** The rows behind the numbers: each piece of work, or each movement of money. */
export function RowsSection({ state, asked, report }: RowsProps) {
  const { view, change } = state;
  const headId = useId();
  const isLedger = view.rows === "ledger";
  return (
    <section aria-labelledby={headId} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id={headId} className="mr-auto">
          {text.rowsTitle[view.rows]}
        </h2>
        <Segmented
          label={text.rowsLabel}
          value={view.rows}
          segments={[
            { value: "work", label: text.rowsWork },
            { value: "ledger", label: text.rowsLedger },
          ]}
          onChange={(rows) => change({ rows })}
        />
      </div>
      {isLedger ? (
        <LedgerTable state={state} asked={asked} report={report} />
      ) : (
        <WorkTable state={state} asked={asked} report={report} />
      )}
    </section>
  );
}

type PagerProps = { state: UsageViewState; next: string | null | undefined };

/** To what is older, and back to the newest; the address bar says where one is. */
export function Pager({ state: { view, change }, next }: PagerProps) {
  if (view.after === null && !next) return null;
  return (
    <nav aria-label={text.pages} className="flex gap-2">
      <Button disabled={view.after === null} onClick={() => change({ after: null })}>
        {text.newest}
      </Button>
      <Button disabled={!next} onClick={() => change({ after: next ?? null })}>
        {text.older}
      </Button>
    </nav>
  );
}
