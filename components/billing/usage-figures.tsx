import type { ReactNode } from "react";
import { billingText as text } from "@/components/strings/billing";
import { RichText } from "@/components/ui/rich-text";
import { Skeleton } from "@/components/ui/skeleton";
import type { BalanceView, CompileQuotaView } from "@/lib/billing/schemas";
import { formatCount, formatDay, formatUsd } from "@/lib/format";
import { planName } from "./plan-words";

const figure =
  "grid content-start gap-1 border-t border-line p-5 first:border-t-0 mid:border-t-0 mid:border-l mid:first:border-l-0";

const toPlans = {
  link: (words: string) => (
    <a href="#plans" className="link">
      {words}
    </a>
  ),
};

/** What is left: of the quota, of the credit, and on which plan. */
export function UsageFigures({
  quota,
  balance,
}: {
  quota: CompileQuotaView | undefined;
  balance: BalanceView | undefined;
}) {
  return (
    <section className="rounded-3 border border-line mid:grid mid:grid-cols-3">
      <Figure label={text.quotaLeft} value={quota ? formatCount(quota.tokens_remaining) : null}>
        {quota ? text.quotaOf(formatCount(quota.tokens_limit), quota.resets_at && formatDay(quota.resets_at)) : null}
      </Figure>
      <Figure label={text.credit} value={balance ? formatUsd(balance.available_usd) : null}>
        {balance
          ? balance.reserved_usd > 0
            ? text.creditHeld(formatUsd(balance.reserved_usd))
            : text.creditFor
          : null}
      </Figure>
      <Figure label={text.plan} value={quota ? planName(quota.plan) : null}>
        {quota ? (
          <RichText text={quota.overflow_enabled ? text.pastQuotaCredit : text.pastQuotaStops} parts={toPlans} />
        ) : null}
      </Figure>
    </section>
  );
}

function Figure({ label, value, children }: { label: string; value: string | null; children: ReactNode }) {
  return (
    <div className={figure}>
      <span className="text-1 text-ink-3">{label}</span>
      <span className="num flex h-11 items-center text-5 font-title">{value ?? <Skeleton className="h-6 w-32" />}</span>
      <span className="num min-h-5 text-2 text-ink-3">{children}</span>
    </div>
  );
}
