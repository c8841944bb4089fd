"use client";

import { useState, type FormEvent } from "react";
import { signInText } from "@/components/strings/sign-in";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { checkRegister, fieldOf, type FieldErrors, type RegisterFields } from "./check-fields";
import { focusFirst } from "./password-form";
import { ProblemBlock } from "./problem-block";
import { useEnter } from "./use-enter";

type InviteFormProps = {
  code: string;
  email: string;
  onEmail: (email: string) => void;
  onHasAccount: () => void;
  onSignedIn: () => void;
};

/** A new account with an invite: code, e-mail and a password to choose. */
export function InviteForm({ code, email, onEmail, onHasAccount, onSignedIn }: InviteFormProps) {
  const [own, setOwn] = useState({ invite_code: code, password: "", name: "" });
  const [checked, setChecked] = useState<FieldErrors<RegisterFields>>({});
  const { isSending, problem, send, forget } = useEnter(signInText.problems.notRegistered.title, onSignedIn);
  const fields: RegisterFields = { ...own, email };
  const refusedField = problem ? fieldOf(problem.reason) : null;
  const errors = problem && refusedField ? { ...checked, [refusedField]: problem.reason } : checked;

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wrong = checkRegister(fields);
    setChecked(wrong);
    if (Object.keys(wrong).length === 0) void send({ provider: "invite", fields });
    else focusFirst(event.currentTarget, wrong);
  };
  const change = (name: keyof typeof own) => (event: { target: { value: string } }) => {
    setOwn({ ...own, [name]: event.target.value });
    forget();
  };

  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <Field label={signInText.inviteCode} hint={signInText.inviteHint} error={errors.invite_code}>
        {(control) => (
          <Input
            {...control}
            name="invite_code"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono"
            value={own.invite_code}
            onChange={change("invite_code")}
          />
        )}
      </Field>
      <Field label={signInText.email} error={errors.email}>
        {(control) => (
          <Input
            {...control}
            type="email"
            name="email"
            autoComplete="username"
            autoCapitalize="none"
            value={email}
            onChange={(event) => {
              onEmail(event.target.value);
              forget();
            }}
          />
        )}
      </Field>
      <Field label={signInText.password} hint={signInText.passwordHint} error={errors.password}>
        {(control) => (
          <PasswordInput
            {...control}
            name="password"
            autoComplete="new-password"
            minLength={10}
            value={own.password}
            onChange={change("password")}
          />
        )}
      </Field>
      <Field label={signInText.name} optional>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="name"
            maxLength={100}
            value={own.name}
            onChange={change("name")}
          />
        )}
      </Field>
      {problem && !refusedField ? <ProblemBlock problem={problem} /> : null}
      {refusedField === "email" ? (
        <Button look="ghost" onClick={onHasAccount}>
          {signInText.toPassword}
        </Button>
      ) : null}
      <Button type="submit" disabled={isSending}>
        {isSending ? signInText.creating : signInText.createAccount}
      </Button>
      <p className="text-1 text-ink-3">{signInText.addWalletLater}</p>
    </form>
  );
}
