"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { settingsText as text } from "@/components/strings/settings";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatDay } from "@/lib/format";
import { EmailForm } from "./email-form";
import { useChangeAccount } from "./use-settings";
import type { SettingsView } from "./wire";

/** The account itself: its id, name, and the way in by e-mail. */
export function AccountSection({ account }: { account: SettingsView }) {
  return (
    <div className="grid gap-8">
      <section className="grid gap-2">
        <h2>{text.accountTitle}</h2>
        {account.is_frozen ? (
          <p className="text-2 text-danger">{text.frozen(account.frozen_reason ?? text.frozenWhy)}</p>
        ) : null}
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-center gap-x-6 gap-y-1 text-2">
          <dt className="text-ink-3">{text.accountId}</dt>
          <dd className="flex min-w-0 items-center gap-1">
            <code className="break-all">{account.id}</code>
            <CopyButton text={account.id} label={text.copyAccountId} />
          </dd>
          <dt className="text-ink-3">{text.accountSince}</dt>
          <dd className="num">{formatDay(account.created_at)}</dd>
          <dt className="text-ink-3">{text.accountPlan}</dt>
          <dd>
            <a href="/usage#plans" className="link">
              {account.plan.charAt(0).toUpperCase() + account.plan.slice(1)}
            </a>
          </dd>
        </dl>
        {account.is_admin ? <p className="text-2 text-ink-2">{text.admin}</p> : null}
      </section>
      <NameForm key={account.name} name={account.name ?? ""} />
      <EmailForm account={account} />
    </div>
  );
}

function NameForm({ name }: { name: string }) {
  const change = useChangeAccount();
  const [value, setValue] = useState(name);
  const isChanged = value.trim() !== name;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isChanged) return;
    change.mutate({ name: value.trim() || null }, { onSuccess: () => toast(text.nameSaved) });
  }

  return (
    <section className="grid gap-3">
      <h2>{text.nameTitle}</h2>
      <form onSubmit={submit} className="flex flex-wrap items-start gap-3">
        <Field label={text.nameLabel} hint={text.nameHint} className="w-80 max-w-full">
          {(control) => (
            <Input
              {...control}
              value={value}
              maxLength={100}
              autoComplete="name"
              onChange={({ target }) => setValue(target.value)}
            />
          )}
        </Field>
        <Button type="submit" disabled={!isChanged || change.isPending} className="mt-6">
          {text.nameSave}
        </Button>
      </form>
      {change.error ? <ApiErrorBlock title={text.nameFailed} error={change.error} /> : null}
    </section>
  );
}
