"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { settingsText as text } from "@/components/strings/settings";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { RichText } from "@/components/ui/rich-text";
import { ApiError } from "@/lib/http/fetch-json";
import { EmailRemoval } from "./email-removal";
import { useChangeAccount, type AccountChange } from "./use-settings";
import type { SettingsView } from "./wire";

const bold = { b: (words: string) => <b className="text-ink">{words}</b> };

/** What a refusal says of a field stands at that field. */
const messageFor = (error: unknown, param: string): string | null =>
  error instanceof ApiError && error.param === param ? error.message : null;

const fields = ["email", "password", "current_password"];
const isOfAField = (error: unknown): boolean => error instanceof ApiError && fields.includes(error.param ?? "");

/** The way in by e-mail and password: to add, to change, or to take away. */
export function EmailForm({ account }: { account: SettingsView }) {
  const change = useChangeAccount();
  const [email, setEmail] = useState(account.email ?? "");
  const [password, setPassword] = useState("");
  const [current, setCurrent] = useState("");
  const { has_password: hasPassword } = account;
  const isNewEmail = email.trim() !== (account.email ?? "");
  const isReady = hasPassword
    ? current !== "" && (isNewEmail || password !== "")
    : email.trim() !== "" && password !== "";

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isReady || change.isPending) return;
    const body: AccountChange = {
      ...(isNewEmail || !hasPassword ? { email: email.trim() } : {}),
      ...(password === "" ? {} : { password }),
      ...(hasPassword ? { current_password: current } : {}),
    };
    change.mutate(body, {
      onSuccess: () => {
        setPassword("");
        setCurrent("");
        toast(!hasPassword ? text.emailAdded : password === "" ? text.emailSaved : text.passwordSaved);
      },
    });
  }

  return (
    <section className="grid gap-3">
      <h2>{text.emailTitle}</h2>
      <p className="measure text-2 text-ink-2">
        {hasPassword ? <RichText text={text.emailIs(account.email ?? "")} parts={bold} /> : text.emailNone}
      </p>
      <form method="post" noValidate onSubmit={submit} className="grid max-w-80 gap-4">
        <Field label={text.emailLabel} hint={text.emailHint} error={messageFor(change.error, "email")}>
          {(control) => (
            <Input
              {...control}
              type="email"
              name="email"
              autoComplete="username"
              autoCapitalize="none"
              value={email}
              onChange={({ target }) => setEmail(target.value)}
            />
          )}
        </Field>
        <Field
          label={hasPassword ? text.passwordNew : text.passwordFirst}
          hint={hasPassword ? `${text.passwordHint} ${text.passwordKeep}` : text.passwordHint}
          error={messageFor(change.error, "password")}
        >
          {(control) => (
            <PasswordInput
              {...control}
              name="new-password"
              autoComplete="new-password"
              value={password}
              onChange={({ target }) => setPassword(target.value)}
            />
          )}
        </Field>
        {hasPassword ? (
          <Field
            label={text.passwordNow}
            hint={text.passwordNowHint}
            error={messageFor(change.error, "current_password")}
          >
            {(control) => (
              <PasswordInput
                {...control}
                name="current-password"
                autoComplete="current-password"
                value={current}
                onChange={({ target }) => setCurrent(target.value)}
              />
            )}
          </Field>
        ) : null}
        {change.error && !isOfAField(change.error) ? (
          <ApiErrorBlock title={text.emailFailed} error={change.error} />
        ) : null}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" disabled={!isReady || change.isPending}>
            {hasPassword ? text.emailSave : text.emailAdd}
          </Button>
          {hasPassword && account.wallets.length > 0 ? <EmailRemoval /> : null}
        </div>
      </form>
    </section>
  );
}
