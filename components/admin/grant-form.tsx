"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { newPaymentKey } from "@/components/billing/use-payments";
import { adminText as text } from "@/components/strings/admin";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatUsd } from "@/lib/format";
import type { ActionProps } from "./account-dialogs";
import { accountName } from "./account-name";
import { useGrantCredit } from "./use-admin";

const mostUsd = 100_000;

/** Without a payment provider, this is how credit comes in. */
export function GrantForm({ account, onClose }: ActionProps) {
  const grant = useGrantCredit();
  const [amount, setAmount] = useState("");
  const [note, setNote] = useState("");
  const [key] = useState(newPaymentKey);
  const amountUsd = Number(amount.replace(",", "."));
  const isAmount = amount.trim() !== "" && amountUsd >= 1e-6 && amountUsd <= mostUsd;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isAmount || grant.isPending) return;
    grant.mutate(
      { accountId: account.id, amountUsd, note: note.trim(), key: `${key}:${amountUsd}:${note.trim()}` },
      {
        onSuccess: () => {
          toast(text.granted(formatUsd(amountUsd), accountName(account)));
          onClose();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field
        label={text.grantDollars}
        error={amount.trim() !== "" && !isAmount ? text.grantWrong : null}
        className="w-40"
      >
        {(control) => (
          <Input
            {...control}
            value={amount}
            onChange={({ target }) => setAmount(target.value)}
            inputMode="decimal"
            placeholder={text.grantExample}
            className="num"
          />
        )}
      </Field>
      <Field label={text.grantNote} hint={text.grantNoteHint} optional>
        {(control) => (
          <Input {...control} value={note} maxLength={200} onChange={({ target }) => setNote(target.value)} />
        )}
      </Field>
      {grant.error ? <ApiErrorBlock title={text.grantFailed} error={grant.error} /> : null}
      <DialogActions>
        <Button type="submit" look="primary" disabled={!isAmount || grant.isPending}>
          {isAmount ? text.grantYes(formatUsd(amountUsd)) : text.grantNothing}
        </Button>
        <Button onClick={onClose}>{text.keep}</Button>
      </DialogActions>
    </form>
  );
}
