"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { billingText as text } from "@/components/strings/billing";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { Segmented } from "@/components/ui/segmented";
import { formatCount, formatDayTime } from "@/lib/format";
import { formatLedgerUsd } from "./ledger-words";
import { LedgerEntryDialog } from "./ledger-entry-dialog";
import { Pager, type RowsProps } from "./rows-section";
import { TableWaiting } from "./table-waiting";
import { bodyCell, bodyWords, firstOnPhones, headCell, headWords, whatCell, wideOnly } from "./table-style";
import { useLedger } from "./use-usage";
import type { LedgerEntryView } from "./wire";
import { FaceName } from "./work-table";

/** Every movement of money, newest first, with what was left after it. */
export function LedgerTable({ state, asked, report }: RowsProps) {
  const { view, change } = state;
  const span = spanOf(asked, report);
  const filter = asked?.filter ?? {};
  const isFiltered = Object.keys(filter).length > 0;
  const ledger = useLedger(span && { span, filter, entries: view.entries }, view.after);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="measure mr-auto text-2 text-ink-3">{isFiltered ? text.ledgerOfWork : text.ledgerNote}</p>
        <Segmented
          label={text.entryKindsLabel}
          value={view.entries}
          segments={[
            { value: "money", label: text.entryKinds.money },
            { value: "all", label: text.entryKinds.all },
          ]}
          onChange={(entries) => change({ entries })}
        />
        <Button asChild>
          <a href="/v1/billing/statement?format=csv" download>
            <Download size={16} strokeWidth={1.75} aria-hidden />
            {text.downloads.ledger}
          </a>
        </Button>
      </div>
      {ledger.error ? (
        <ApiErrorBlock title={text.ledgerFailed} error={ledger.error} onRetry={() => void ledger.refetch()} />
      ) : ledger.data === undefined ? (
        <TableWaiting />
      ) : ledger.data.data.length === 0 ? (
        <EmptyState title={text.ledgerEmpty}>{text.ledgerEmptyWhy}</EmptyState>
      ) : (
        <>
          <Entries entries={ledger.data.data} isOld={ledger.isPlaceholderData} />
          <Pager state={state} next={ledger.data.next_cursor} />
        </>
      )}
    </>
  );
}

/** The ledger knows no periods: the report says where the asked one begins and ends. */
function spanOf(asked: RowsProps["asked"], report: RowsProps["report"]): { from: string; to: string } | null {
  const { from, to } = asked?.span ?? {};
  if (from !== undefined && to !== undefined) return { from, to };
  return asked !== null && report ? { from: report.from, to: report.to } : null;
}

function Entries({ entries, isOld }: { entries: readonly LedgerEntryView[]; isOld: boolean }) {
  const [open, setOpen] = useState<LedgerEntryView | null>(null);
  return (
    <>
      <table className={cn("num w-full border-collapse text-2", isOld && "opacity-60")}>
        <thead>
          <tr>
            <th className={cn(headWords, wideOnly)}>{text.when}</th>
            <th className={cn(headWords, firstOnPhones)}>{text.what}</th>
            <th className={cn(headWords, wideOnly)}>{text.face}</th>
            <th className={cn(headWords, wideOnly)}>{text.key}</th>
            <th className={cn(headCell, "hidden wide:table-cell")}>{text.tokensColumn}</th>
            <th className={headCell}>{text.amount}</th>
            <th className={cn(headCell, wideOnly)}>{text.balance}</th>
            <th className={headCell}>{text.hash}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <EntryRow key={entry.seq} entry={entry} onOpen={() => setOpen(entry)} />
          ))}
        </tbody>
      </table>
      {open ? <LedgerEntryDialog entry={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function EntryRow({ entry, onOpen }: { entry: LedgerEntryView; onOpen: () => void }) {
  const { work } = entry;
  const tokens = work ? work.input_tokens + work.output_tokens : 0;
  return (
    <tr className="hover:bg-sunk">
      <td className={cn(bodyWords, wideOnly, "whitespace-nowrap text-ink-3")}>{formatDayTime(entry.created_at)}</td>
      <td className={cn(bodyWords, whatCell)} title={whatOf(entry)}>
        {whatOf(entry)}
        <span className="block text-1 text-ink-3 mid:hidden">{formatDayTime(entry.created_at)}</span>
      </td>
      <td className={cn(bodyWords, wideOnly)}>{work ? <FaceName id={work.face_id} name={work.face} /> : null}</td>
      <td className={cn(bodyWords, wideOnly, "max-w-40 truncate text-ink-2")}>
        {entry.api_key ?? (work ? text.dashboard : "")}
      </td>
      <td className={cn(bodyCell, "hidden wide:table-cell")}>{tokens > 0 ? formatCount(tokens) : ""}</td>
      <td className={bodyCell}>{formatLedgerUsd(entry.amount_usd, true)}</td>
      <td className={cn(bodyCell, wideOnly, "text-ink-3")}>{formatLedgerUsd(entry.balance_after_usd)}</td>
      <td className={bodyCell}>
        <button
          type="button"
          onClick={onOpen}
          aria-label={text.entryOpen(formatCount(entry.seq), entry.hash.slice(0, 6))}
          className="min-h-6 rounded-1 font-mono text-1 text-ink-2 underline decoration-line-2 underline-offset-3 hover:text-ink"
        >
          {entry.hash.slice(0, 6)}
        </button>
      </td>
    </tr>
  );
}

function whatOf({ kind, note, work }: LedgerEntryView): string {
  if (work) return text.workWhat(text.kinds[work.kind as keyof typeof text.kinds] ?? work.kind, work.model);
  const name = text.entryNames[kind as keyof typeof text.entryNames] ?? kind;
  return note ? text.workWhat(name, note) : name;
}
