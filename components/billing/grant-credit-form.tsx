"use client";

import { useState, type FormEvent } from "react";
import { toast } from "sonner";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatUsd } from "@/lib/format";
import { useGrantCredit } from "./use-billing";

/** For whoever runs the installation: without a payment provider, this is how credit comes in. */
export function GrantCreditForm() {
  const grant = useGrantCredit();
  const [amount, setAmount] = useState("");
  const [account, setAccount] = useState("");
  const amountUsd = Number(amount.replace(",", "."));
  const isAmount = amount.trim() !== "" && amountUsd > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isAmount) return;
    grant.mutate(
      { accountId: account.trim() || null, amountUsd },
      {
        onSuccess: () => {
          toast(`${formatUsd(amountUsd)} granted to ${account.trim() || "your own account"}.`);
          setAmount("");
        },
      },
    );
  }

  return (
    <section className="grid gap-3">
      <div>
        <h2>Grant credit</h2>
        <p className="text-2 text-ink-3">
          Only admins see this. No money moves: it is written into the ledger as a grant by you.
        </p>
      </div>
      <form onSubmit={submit} className="grid items-start gap-3 mid:grid-cols-[160px_minmax(0,1fr)_auto]">
        <Field label="Dollars" error={amount.trim() !== "" && !isAmount ? "A number above zero." : null}>
          {(control) => (
            <Input
              {...control}
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
              inputMode="decimal"
              placeholder="5.00"
              className="num"
            />
          )}
        </Field>
        <Field
          label="Account"
          optional
          hint="Its owner copies the id from the menu beside their address. Empty means your own."
        >
          {(control) => (
            <Input
              {...control}
              value={account}
              onChange={(event) => setAccount(event.target.value)}
              placeholder="acc_…"
              className="font-mono"
              spellCheck={false}
            />
          )}
        </Field>
        <Button type="submit" disabled={!isAmount || grant.isPending} className="mid:mt-6">
          {isAmount ? `Grant ${formatUsd(amountUsd)}` : "Grant"}
        </Button>
      </form>
      {grant.error ? <ApiErrorBlock title="The credit was not granted" error={grant.error} /> : null}
    </section>
  );
}
