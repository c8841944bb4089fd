"use client";

import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { settingsText as text } from "@/components/strings/settings";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { useChangeAccount } from "./use-settings";

/** Takes the way in by e-mail away, where a wallet is left. */
export function EmailRemoval() {
  const change = useChangeAccount();
  const [isOpen, setIsOpen] = useState(false);
  const [current, setCurrent] = useState("");
  const remove = () =>
    change.mutate(
      { email: null, password: null, current_password: current },
      { onSuccess: () => toast(text.emailRemoved) },
    );
  return (
    <>
      <Button look="ghost" onClick={() => setIsOpen(true)}>
        {text.emailRemove}
      </Button>
      <Dialog open={isOpen} onOpenChange={setIsOpen} title={text.emailRemoveTitle} description={text.emailRemoveWhat}>
        <Field label={text.passwordNow}>
          {(control) => (
            <PasswordInput
              {...control}
              autoComplete="current-password"
              value={current}
              onChange={({ target }) => setCurrent(target.value)}
            />
          )}
        </Field>
        {change.error ? <ApiErrorBlock title={text.emailFailed} error={change.error} /> : null}
        <DialogActions>
          <Button look="danger" disabled={current === "" || change.isPending} onClick={remove}>
            {text.emailRemoveYes}
          </Button>
          <Button onClick={() => setIsOpen(false)}>{text.keep}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
