"use client";

import { useState } from "react";
import { useAccount } from "@/components/account/use-account";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { formatDay } from "@/lib/format";
import { TopUpForm } from "./top-up-form";
import { usePayment, useSubscription } from "./use-payments";
import type { SubscriptionView } from "./wire";

/** Where the plan and the credit come from, and what can be bought: where nothing can, how credit is granted here. */
export function PlanBox() {
  const { data: subscription, error, refetch } = useSubscription();
  return (
    <section className="grid gap-3">
      <h2>Plan and credit</h2>
      {error ? (
        <ApiErrorBlock title="The plan could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : subscription ? (
        <>
          <p className="measure text-2 text-ink-2">
            {planWords(subscription)} {sourceWords(subscription)}
          </p>
          {subscription.provider === null ? <AccountId /> : <Payments subscription={subscription} />}
        </>
      ) : (
        <div className="grid min-h-16 content-start gap-2 pt-1">
          <Skeleton className="w-96 max-w-full" />
          <Skeleton className="w-64 max-w-full" />
        </div>
      )}
    </section>
  );
}

const planName = (plan: string): string => plan.charAt(0).toUpperCase() + plan.slice(1);

function planWords({ plan, is_paid, ends_at }: SubscriptionView): string {
  const on = `This account is on the ${planName(plan)} plan`;
  if (ends_at) return `${on}, which ends on ${formatDay(ends_at)} and does not renew.`;
  return is_paid ? `${on}, paid by card.` : `${on}.`;
}

function sourceWords({ provider, message }: SubscriptionView): string {
  if (message) return message;
  return provider === null
    ? "This installation takes no payments: its admin grants credit and plans."
    : "Plans and credit are paid by card.";
}

/** An admin who grants credit needs to know to whom. */
function AccountId() {
  const { data: account } = useAccount();
  return (
    <p className="flex min-h-9 flex-wrap items-center gap-x-2 text-2 text-ink-3">
      {account?.is_admin
        ? "You are its admin: the form below grants credit."
        : "To ask for credit, give the admin the id of this account:"}
      {account ? (
        <span className="inline-flex items-center gap-1">
          <span className="font-mono text-1 break-all text-ink">{account.id}</span>
          <CopyButton text={account.id} label="Copy the account id" />
        </span>
      ) : null}
    </p>
  );
}

function Payments({ subscription }: { subscription: SubscriptionView }) {
  const payment = usePayment();
  const [isEnding, setIsEnding] = useState(false);
  const others = subscription.plans_for_sale.filter((plan) => plan !== subscription.plan);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {others.map((plan) => (
          <Button
            key={plan}
            disabled={payment.isPending}
            onClick={() => payment.mutate({ path: `/v1/billing/checkout?plan=${encodeURIComponent(plan)}` })}
          >
            Change to {planName(plan)}
          </Button>
        ))}
        <Button disabled={payment.isPending} onClick={() => payment.mutate({ path: "/v1/billing/card-setup" })}>
          {subscription.has_payment_method ? "Change the card on file" : "Put a card on file"}
        </Button>
        {subscription.is_paid && !subscription.ends_at ? (
          <Button look="ghost" disabled={payment.isPending} onClick={() => setIsEnding(true)}>
            End the plan
          </Button>
        ) : null}
      </div>
      {payment.error ? <ApiErrorBlock title="That did not work" error={payment.error} /> : null}
      {subscription.topup ? <TopUpForm limits={subscription.topup} hasCard={subscription.has_payment_method} /> : null}
      <Dialog
        open={isEnding}
        onOpenChange={setIsEnding}
        title={`End the ${planName(subscription.plan)} plan`}
        description="It lasts until the end of the period that is paid for, then the account goes on with the free plan. Faces and what is compiled stay."
      >
        <DialogActions>
          <Button onClick={() => setIsEnding(false)}>Keep the plan</Button>
          <Button
            look="danger"
            disabled={payment.isPending}
            onClick={() =>
              payment.mutate({ path: "/v1/billing/subscription/cancel" }, { onSettled: () => setIsEnding(false) })
            }
          >
            End it after this period
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
