"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { usePlans } from "@/components/billing/use-payments";
import { adminText as text } from "@/components/strings/admin";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { countOf, formatCount } from "@/lib/format";
import type { ActionProps } from "./account-dialogs";
import { accountName } from "./account-name";
import { useChangeAccount } from "./use-admin";

/** Another plan for an account that does not pay for its own. */
export function PlanForm({ account, onClose }: ActionProps) {
  const { data: plans } = usePlans();
  const change = useChangeAccount();
  const [plan, setPlan] = useState(account.plan);
  const chosen = plans?.find(({ id }) => id === plan);
  const isChanged = plan !== account.plan && !account.is_paying;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isChanged || change.isPending) return;
    change.mutate(
      { id: account.id, plan },
      {
        onSuccess: () => {
          toast(text.planDone(accountName(account), chosen?.name ?? plan));
          onClose();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={text.planLabel}>
        {(control) => (
          <Select
            {...control}
            value={plan}
            disabled={account.is_paying}
            onChange={({ target }) => setPlan(target.value)}
          >
            {plans?.map(({ id, name, compile_tokens, max_faces }) => (
              <option key={id} value={id}>
                {text.planOf(name, formatCount(compile_tokens), countOf(max_faces, "face"))}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {change.error ? <ApiErrorBlock title={text.changeFailed} error={change.error} /> : null}
      <DialogActions>
        <Button type="submit" look="primary" disabled={!isChanged || change.isPending}>
          {text.planYes(chosen?.name ?? plan)}
        </Button>
        <Button onClick={onClose}>{text.keep}</Button>
      </DialogActions>
    </form>
  );
}
