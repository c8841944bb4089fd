"use client";

import { useState, type FormEvent } from "react";
import { signInText } from "@/components/strings/sign-in";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { checkLogIn, type FieldErrors } from "./check-fields";
import { ProblemBlock } from "./problem-block";
import { useEnter } from "./use-enter";

type PasswordFormProps = { email: string; onEmail: (email: string) => void; onSignedIn: () => void };

/** E-mail and password of an account that there is. */
export function PasswordForm({ email, onEmail, onSignedIn }: PasswordFormProps) {
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<FieldErrors<{ email: string; password: string }>>({});
  const { isSending, problem, send } = useEnter(signInText.problems.wrongPassword.title, onSignedIn);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wrong = checkLogIn({ email, password });
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) void send({ provider: "password", fields: { email, password } });
    else focusFirst(event.currentTarget, wrong);
  };

  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <Field label={signInText.email} error={errors.email}>
        {(control) => (
          <Input
            {...control}
            type="email"
            name="email"
            autoComplete="username"
            autoCapitalize="none"
            value={email}
            onChange={(event) => onEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label={signInText.password} error={errors.password}>
        {(control) => (
          <PasswordInput
            {...control}
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {problem ? <ProblemBlock problem={problem} /> : null}
      <Button type="submit" disabled={isSending}>
        {isSending ? signInText.entering : signInText.enter}
      </Button>
      <p className="text-1 text-ink-3">{signInText.forgotten}</p>
    </form>
  );
}

/** Whoever cannot see the red line is taken to it. */
export function focusFirst(form: HTMLFormElement, errors: Record<string, string | undefined>): void {
  const name = Object.keys(errors)[0];
  const control = name ? form.elements.namedItem(name) : null;
  if (control instanceof HTMLInputElement) control.focus();
}
