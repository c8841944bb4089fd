"use client";

import { useState, type FormEvent } from "react";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { useCreateKey } from "./use-keys";
import type { NewKey } from "./wire";

type CreateKeyDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; onCreated: (key: NewKey) => void };

export function CreateKeyDialog({ open, onOpenChange, onCreated }: CreateKeyDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New key"
      description="The key is shown once, right after this."
    >
      <CreateKeyForm
        onDone={(key) => {
          if (key) onCreated(key);
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

function CreateKeyForm({ onDone }: { onDone: (key: NewKey | null) => void }) {
  const create = useCreateKey();
  const [name, setName] = useState("");
  const [budget, setBudget] = useState("");
  const [days, setDays] = useState("");
  const budgetUsd = Number(budget.replace(",", "."));
  const isBudgetWrong = budget.trim() !== "" && !(budgetUsd >= 0);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isBudgetWrong) return;
    create.mutate(
      {
        name: name.trim(),
        ...(budget.trim() ? { budget_usd: budgetUsd } : {}),
        ...(days ? { expires_in_days: Number(days) } : {}),
      },
      { onSuccess: onDone },
    );
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label="Name" hint="Where it is used, so that you know which one to revoke.">
        {(control) => (
          <Input
            {...control}
            value={name}
            onChange={(event) => setName(event.target.value)}
            placeholder="my-app"
            autoFocus
            autoComplete="off"
          />
        )}
      </Field>
      <div className="grid gap-4 mid:grid-cols-2">
        <Field
          label="Budget in dollars"
          optional
          hint="A hard cap; past it, calls get a 402."
          error={isBudgetWrong ? "A number, for example 5 or 0.50." : null}
        >
          {(control) => (
            <Input
              {...control}
              value={budget}
              onChange={(event) => setBudget(event.target.value)}
              inputMode="decimal"
              placeholder="no cap"
              className="num"
            />
          )}
        </Field>
        <Field label="Ends after">
          {(control) => (
            <Select {...control} value={days} onChange={(event) => setDays(event.target.value)}>
              <option value="">never</option>
              <option value="30">30 days</option>
              <option value="90">90 days</option>
              <option value="365">a year</option>
            </Select>
          )}
        </Field>
      </div>
      {create.error ? <ApiErrorBlock title="The key was not created" error={create.error} /> : null}
      <DialogActions>
        <Button type="submit" look="primary" disabled={name.trim() === "" || create.isPending}>
          {create.isPending ? "Creating…" : "Create the key"}
        </Button>
        <Button look="ghost" onClick={() => onDone(null)}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  );
}
