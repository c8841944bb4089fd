"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { adminText as text } from "@/components/strings/admin";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { ActionProps } from "./account-dialogs";
import { accountName } from "./account-name";
import { useChangeAccount } from "./use-admin";

/** Freezes an account with a reason, or says another one of an account that is frozen. */
export function FreezeForm({ account, onClose }: ActionProps) {
  const change = useChangeAccount();
  const [reason, setReason] = useState(account.is_frozen ? (account.frozen_reason ?? "") : "");
  const isReady = reason.trim() !== "";

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isReady || change.isPending) return;
    change.mutate(
      { id: account.id, is_frozen: true, frozen_reason: reason.trim() },
      {
        onSuccess: () => {
          // the dialog is closed by then: a toast tells how it went
          const undo = () =>
            void change.mutateAsync({ id: account.id, is_frozen: false }).then(
              () => toast(text.freed(accountName(account))),
              (error: Error) => toast.error(text.changeFailed, { description: error.message }),
            );
          toast(
            text.frozenDone(accountName(account)),
            account.is_frozen ? {} : { action: { label: text.undo, onClick: undo } },
          );
          onClose();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={text.freezeReason} hint={text.freezeReasonHint}>
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            maxLength={300}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </Field>
      {change.error ? <ApiErrorBlock title={text.changeFailed} error={change.error} /> : null}
      <DialogActions>
        <Button type="submit" look="danger" disabled={!isReady || change.isPending}>
          {account.is_frozen ? text.freezeKeep : text.freezeYes}
        </Button>
        <Button onClick={onClose}>{text.keep}</Button>
      </DialogActions>
    </form>
  );
}
