"use client";

import { useSettings } from "@/components/settings/use-settings";
import { Column } from "@/components/shell/app-shell";
import { PageHead } from "@/components/shell/page-head";
import { billingText as text } from "@/components/strings/billing";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { useNow } from "@/components/ui/use-now";
import { formatUtcDay } from "@/lib/format";
import { BurnDownSection } from "./burn-down-section";
import { NoticeBanner } from "./notice-banner";
import { PlanSection } from "./plan-section";
import { RangeSelect } from "./usage-controls";
import { UsageFigures } from "./usage-figures";
import { UsageSection } from "./usage-section";
import { spanOf, toWorkFilter } from "./usage-view";
import { useBalance, useCompileQuota } from "./use-billing";
import { useSubscription } from "./use-payments";
import { useNotices, useUsage } from "./use-usage";
import { useUsageView } from "./use-usage-view";

/** What is left, what used it row by row, and where plans and credit come from. */
export function UsagePage() {
  const quota = useCompileQuota();
  const balance = useBalance();
  const notices = useNotices();
  const state = useUsageView();
  const now = useNow();
  const error = quota.error ?? balance.error;
  // notices stand on top: what is below them waits for them rather than moving down
  const isReady = !notices.isPending && (quota.data !== undefined || error !== null);
  const isRenewed = quota.data === undefined || quota.data.resets_at !== null;

  return (
    <Column>
      <PageHead
        title={text.title}
        note={<SpanNote state={state} now={now} />}
        actions={
          <>
            <RangeSelect state={state} isRenewed={isRenewed} />
            <CreditLink />
          </>
        }
      />
      {isReady ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
          <NoticeBanner notices={notices.data ?? []} />
          {error ? (
            <ApiErrorBlock
              title={text.loadFailed}
              error={error}
              onRetry={() => {
                void quota.refetch();
                void balance.refetch();
              }}
            />
          ) : null}
          <UsageFigures quota={quota.data} balance={balance.data} />
          {balance.data?.is_frozen ? <Frozen /> : null}
          <BurnDownSection quota={quota.data} />
          <UsageSection state={state} now={now} />
          <PlanSection quota={quota.data} />
        </div>
      ) : (
        <UsageFigures quota={undefined} balance={undefined} />
      )}
    </Column>
  );
}

/** The days that the numbers below are of; of a period, as the report says. */
function SpanNote({ state: { view }, now }: { state: ReturnType<typeof useUsageView>; now: number }) {
  const span = now === 0 ? null : spanOf(view, now);
  const { data } = useUsage("day", span && { span, filter: toWorkFilter(view.filter) }, view.split);
  if (data === undefined) return text.spanWaiting;
  const last = new Date(Date.parse(data.to) - 1);
  return text.span(formatUtcDay(data.from.slice(0, 10)), formatUtcDay(last.toISOString().slice(0, 10)));
}

function CreditLink() {
  const { data: subscription } = useSubscription();
  return (
    <Button asChild look="primary">
      <a href="#credit">{subscription?.provider ? text.addCredit : text.askForCredit}</a>
    </Button>
  );
}

function Frozen() {
  const { data: account } = useSettings();
  const reason = account?.frozen_reason;
  return <p className="text-2 text-danger">{reason ? text.frozenBecause(reason) : text.frozen}</p>;
}
