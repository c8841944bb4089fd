"use client";

import Link from "next/link";
import { useId, useState } from "react";
import { useAccount } from "@/components/account/use-account";
import { billingText as text } from "@/components/strings/billing";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { CopyTextButton } from "@/components/ui/copy-button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { RichText } from "@/components/ui/rich-text";
import { planName } from "./plan-words";
import { TopUpForm } from "./top-up-form";
import { usePayment } from "./use-payments";
import type { SubscriptionView } from "./wire";

/** Where credit comes from: the card, or whoever runs the installation. */
export function CreditSection({ subscription }: { subscription: SubscriptionView }) {
  const headId = useId();
  return (
    <section id="credit" aria-labelledby={headId} className="grid scroll-mt-16 gap-3">
      <h2 id={headId}>{text.creditTitle}</h2>
      {subscription.provider === null ? <ByAdmin /> : <ByCard subscription={subscription} />}
    </section>
  );
}

/** An admin who grants credit needs to know to whom. */
function ByAdmin() {
  const { data: account } = useAccount();
  if (account === undefined) return <div className="min-h-16" />;
  const toAdmin = {
    link: (words: string) => (
      <Link href={`/admin?q=${account.id}`} className="link">
        {words}
      </Link>
    ),
  };
  return (
    <>
      <p className="measure text-2 text-ink-2">
        {account.is_admin ? <RichText text={text.byYou} parts={toAdmin} /> : text.byAdmin}
      </p>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-2 text-2">
        <span className="text-ink-3">{text.accountId}</span>
        <code className="break-all">{account.id}</code>
        <CopyTextButton text={account.id}>{text.copyAccountId}</CopyTextButton>
      </p>
    </>
  );
}

function ByCard({ subscription }: { subscription: SubscriptionView }) {
  const payment = usePayment();
  const [isEnding, setIsEnding] = useState(false);
  return (
    <>
      <p className="measure text-2 text-ink-2">{text.payHow}</p>
      {subscription.topup ? <TopUpForm limits={subscription.topup} hasCard={subscription.has_payment_method} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button disabled={payment.isPending} onClick={() => payment.mutate({ path: "/v1/billing/card-setup" })}>
          {subscription.has_payment_method ? text.cardChange : text.cardAdd}
        </Button>
        {subscription.is_paid && !subscription.ends_at ? (
          <Button look="ghost" disabled={payment.isPending} onClick={() => setIsEnding(true)}>
            {text.planEnd}
          </Button>
        ) : null}
      </div>
      {payment.error ? <ApiErrorBlock title={text.paymentFailed} error={payment.error} /> : null}
      <Dialog
        open={isEnding}
        onOpenChange={setIsEnding}
        title={text.planEndTitle(planName(subscription.plan))}
        description={text.planEndWhat}
      >
        <DialogActions>
          <Button onClick={() => setIsEnding(false)}>{text.planEndKeep}</Button>
          <Button
            look="danger"
            disabled={payment.isPending}
            onClick={() =>
              payment.mutate({ path: "/v1/billing/subscription/cancel" }, { onSettled: () => setIsEnding(false) })
            }
          >
            {text.planEndYes}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
