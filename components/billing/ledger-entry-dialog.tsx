"use client";

import { billingText as text } from "@/components/strings/billing";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { formatCount } from "@/lib/format";
import { formatLedgerUsd } from "./ledger-words";
import type { LedgerEntryView } from "./wire";

type LedgerEntryDialogProps = { entry: LedgerEntryView; onClose: () => void };

/** All of an entry, and how one can tell that nobody has changed it. */
export function LedgerEntryDialog({ entry, onClose }: LedgerEntryDialogProps) {
  const { entryFields: names } = text;
  const fields: [string, string][] = [
    [names.kind, text.entryNames[entry.kind as keyof typeof text.entryNames] ?? entry.kind],
    [names.amount, formatLedgerUsd(entry.amount_usd, true)],
    [names.balance, formatLedgerUsd(entry.balance_after_usd)],
    [names.held, formatLedgerUsd(entry.held_after_usd)],
    [names.from, entry.debit_book],
    [names.to, entry.credit_book],
    [names.reference, entry.reference],
    ...(entry.note ? [[names.note, entry.note] satisfies [string, string]] : []),
    [names.when, entry.created_at],
    [names.previous, entry.prev_hash],
    [names.hash, entry.hash],
  ];
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={text.entry(formatCount(entry.seq))}
      description={text.entryAbout}
      className="max-w-160"
    >
      <dl className="num grid grid-cols-[max-content_minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-1 text-2">
        {fields.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="[overflow-wrap:anywhere]">{value}</dd>
            <dd>
              {name === names.hash || name === names.reference ? (
                <CopyButton text={value} label={`${text.copy} ${name.toLowerCase()}`} />
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
      <div className="grid gap-2">
        <p className="text-2 text-ink-2">{text.entryVerify}</p>
        <CodeBlock code={text.entryVerifyCode} label={text.entryVerifyLabel} isWrapped />
      </div>
    </Dialog>
  );
}
