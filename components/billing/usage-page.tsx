"use client";

import { useAccount } from "@/components/account/use-account";
import { Column } from "@/components/shell/app-shell";
import { PageHead } from "@/components/shell/page-head";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Skeleton } from "@/components/ui/skeleton";
import type { BalanceView, CompileQuotaView } from "@/lib/billing/schemas";
import { formatCount, formatDay, formatUsd } from "@/lib/format";
import { FaceUsageTable } from "./face-usage-table";
import { GrantCreditForm } from "./grant-credit-form";
import { NoticeBanner } from "./notice-banner";
import { PlanBox } from "./plan-box";
import { QuotaBar } from "./quota-bar";
import { UsageSection } from "./usage-section";
import { useBalance, useCompileQuota } from "./use-billing";
import { useNotices } from "./use-usage";

/** What is left, what used it, and where credit comes from. */
export function UsagePage() {
  const quota = useCompileQuota();
  const balance = useBalance();
  const account = useAccount();
  const notices = useNotices();
  const error = quota.error ?? balance.error;
  // notices stand on top: what is below them waits for them rather than moving down
  const isReady = !notices.isPending && (quota.data !== undefined || error !== null);

  return (
    <Column>
      <PageHead
        title="Usage"
        note={
          quota.data?.resets_at ? `This period ends ${formatDay(quota.data.resets_at)}` : "Compile tokens and credit"
        }
      />
      {isReady ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
          <NoticeBanner notices={notices.data ?? []} />
          {error ? (
            <ApiErrorBlock
              title="The numbers could not be loaded"
              error={error}
              onRetry={() => {
                void quota.refetch();
                void balance.refetch();
              }}
            />
          ) : null}
          <Figures quota={quota.data} balance={balance.data} />
          {balance.data?.is_frozen ? (
            <p className="text-2 text-danger">
              This account is frozen: nothing that costs money runs until an admin lifts it.
            </p>
          ) : null}
          {quota.data ? <QuotaBar quota={quota.data} /> : null}
          <UsageSection />
          {quota.data ? <FaceUsageTable quota={quota.data} /> : null}
          <PlanBox />
          {account.data?.is_admin ? <GrantCreditForm /> : null}
        </div>
      ) : (
        <Figures quota={undefined} balance={undefined} />
      )}
    </Column>
  );
}

const figure =
  "grid content-start gap-1 border-t border-line p-5 first:border-t-0 mid:border-t-0 mid:border-l mid:first:border-l-0";

function Figures({ quota, balance }: { quota: CompileQuotaView | undefined; balance: BalanceView | undefined }) {
  return (
    <section className="rounded-3 border border-line mid:grid mid:grid-cols-3">
      <Figure label="Compile quota left" value={quota ? formatCount(quota.tokens_remaining) : null}>
        {quota
          ? `of ${formatCount(quota.tokens_limit)} tokens, ${quota.resets_at ? `renews ${formatDay(quota.resets_at)}` : "not renewed"}`
          : ""}
      </Figure>
      <Figure label="Credit" value={balance ? formatUsd(balance.available_usd) : null}>
        {balance
          ? balance.reserved_usd > 0
            ? `${formatUsd(balance.reserved_usd)} held for calls in progress`
            : "for chat, and for compiling past the quota"
          : ""}
      </Figure>
      <Figure label="Plan" value={quota ? quota.plan.charAt(0).toUpperCase() + quota.plan.slice(1) : null}>
        {quota ? (quota.overflow_enabled ? "Past the quota, syncs draw on credit" : "Past the quota, syncs stop") : ""}
      </Figure>
    </section>
  );
}

function Figure({ label, value, children }: { label: string; value: string | null; children: string }) {
  return (
    <div className={figure}>
      <span className="text-1 text-ink-3">{label}</span>
      <span className="num flex h-11 items-center text-5 font-title">{value ?? <Skeleton className="h-6 w-32" />}</span>
      <span className="num min-h-5 text-2 text-ink-3">{children}</span>
    </div>
  );
}
