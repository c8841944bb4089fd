"use client";

import { useId } from "react";
import { billingText as text } from "@/components/strings/billing";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { CompileQuotaView } from "@/lib/billing/schemas";
import { formatCount } from "@/lib/format";
import type { PlanView } from "@/lib/payments/schemas";
import { CreditSection } from "./credit-section";
import { OverflowSwitch } from "./overflow-switch";
import { planName, planWords, priceWords } from "./plan-words";
import { usePayment, usePlans, useSubscription } from "./use-payments";
import type { SubscriptionView } from "./wire";

/** What each plan holds, what happens past the quota, and where plans and credit come from. */
export function PlanSection({ quota }: { quota: CompileQuotaView | undefined }) {
  const plans = usePlans();
  const subscription = useSubscription();
  const headId = useId();
  return (
    <>
      <section id="plans" aria-labelledby={headId} className="grid scroll-mt-16 gap-3">
        <h2 id={headId}>{text.plansTitle}</h2>
        {plans.error ? (
          <ApiErrorBlock title={text.plansFailed} error={plans.error} onRetry={() => void plans.refetch()} />
        ) : subscription.error ? (
          <ApiErrorBlock
            title={text.planFailed}
            error={subscription.error}
            onRetry={() => void subscription.refetch()}
          />
        ) : plans.data && subscription.data ? (
          <>
            <p className="measure text-2 text-ink-2">{planWords(subscription.data)}</p>
            <Plans plans={plans.data} subscription={subscription.data} />
          </>
        ) : (
          <PlansWaiting />
        )}
        <p className="measure text-2 text-ink-3">{text.planQuotaNote}</p>
        {quota ? <OverflowSwitch isEnabled={quota.overflow_enabled} /> : null}
      </section>
      {subscription.data ? <CreditSection subscription={subscription.data} /> : null}
    </>
  );
}

function Plans({ plans, subscription }: { plans: readonly PlanView[]; subscription: SubscriptionView }) {
  const payment = usePayment();
  const canPay = subscription.provider !== null;
  return (
    <>
      <ul className="rounded-3 border border-line mid:grid mid:grid-cols-3">
        {plans.map((plan) => {
          const isCurrent = plan.id === subscription.plan;
          const canKeep = isCurrent && subscription.is_paid && Boolean(subscription.ends_at);
          return (
            <li
              key={plan.id}
              aria-current={isCurrent ? "true" : undefined}
              className={cn(
                "grid content-start gap-1 border-t border-line p-5 first:border-t-0 mid:border-t-0 mid:border-l mid:first:border-l-0",
                isCurrent && "bg-sunk",
              )}
            >
              <div className="flex min-h-6 items-center gap-2">
                <h3 className="mr-auto text-3">{plan.name}</h3>
                {isCurrent ? <Chip>{text.planYours}</Chip> : null}
              </div>
              <p className="num text-2">{priceWords(plan, canPay)}</p>
              <ul className="num grid gap-0.5 pt-1 text-2 text-ink-2">
                <li>{text.planTokens(formatCount(plan.compile_tokens), plan.period_days)}</li>
                <li>{text.planFaces(plan.max_faces)}</li>
              </ul>
              {plan.is_for_sale && (!isCurrent || canKeep) ? (
                <Button
                  className="mt-3"
                  disabled={payment.isPending}
                  onClick={() => payment.mutate({ path: `/v1/billing/checkout?plan=${encodeURIComponent(plan.id)}` })}
                >
                  {canKeep ? text.planKeep(planName(plan.id)) : text.planChange(planName(plan.id))}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {payment.error ? <ApiErrorBlock title={text.paymentFailed} error={payment.error} /> : null}
    </>
  );
}

function PlansWaiting() {
  return (
    <div aria-hidden className="grid gap-3">
      <Skeleton className="my-1 w-80 max-w-full" />
      <div className="h-96 rounded-3 border border-line mid:h-34" />
    </div>
  );
}
