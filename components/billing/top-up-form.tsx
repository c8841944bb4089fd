"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { billingText as text } from "@/components/strings/billing";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatUsd } from "@/lib/format";
import { ApiError } from "@/lib/http/fetch-json";
import { newPaymentKey, usePayment } from "./use-payments";

type TopUpFormProps = { limits: { min_usd: number; max_usd: number }; hasCard: boolean };

/** Adds credit: with the card on file at once, else on the provider's page. */
export function TopUpForm({ limits, hasCard }: TopUpFormProps) {
  const payment = usePayment();
  const [amount, setAmount] = useState("");
  const [key, setKey] = useState(newPaymentKey);
  const change = (next: string) => {
    setAmount(next);
    setKey(newPaymentKey());
  };
  const amountUsd = Number(amount.replace(",", "."));
  const isAmount = amount.trim() !== "" && amountUsd >= limits.min_usd && amountUsd <= limits.max_usd;
  const range = text.topUpRange(formatUsd(limits.min_usd), formatUsd(limits.max_usd));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isAmount || payment.isPending) return;
    const body = { amount_usd: amountUsd, use_saved_card: hasCard };
    payment.mutate(
      { path: "/v1/billing/topup", body, key },
      {
        onSuccess: ({ url }) => {
          if (!url) toast(text.topUpDone(formatUsd(amountUsd)));
          change("");
        },
        // refused is done: the next press is another charge
        onError: (error) => error instanceof ApiError && error.code === "payment_failed" && setKey(newPaymentKey()),
      },
    );
  }

  return (
    <>
      <form onSubmit={submit} className="flex flex-wrap items-start gap-3">
        <Field
          label={text.topUpDollars}
          hint={range}
          error={amount.trim() !== "" && !isAmount ? range : null}
          className="w-56"
        >
          {(control) => (
            <Input
              {...control}
              value={amount}
              onChange={(event) => change(event.target.value)}
              inputMode="decimal"
              placeholder={text.topUpExample}
              className="num"
            />
          )}
        </Field>
        <Button type="submit" look="primary" disabled={!isAmount || payment.isPending} className="mt-6">
          {isAmount ? (hasCard ? text.topUpCharge : text.topUpGo)(formatUsd(amountUsd)) : text.topUpAdd}
        </Button>
      </form>
      {payment.error ? <ApiErrorBlock title={text.topUpFailed} error={payment.error} /> : null}
    </>
  );
}
