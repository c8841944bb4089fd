"use client";

import { useState, type FormEvent } from "react";
import { useBalance } from "@/components/billing/use-billing";
import { useSubscription } from "@/components/billing/use-payments";
import { useFaces } from "@/components/faces/use-faces";
import { useKeys } from "@/components/keys/use-keys";
import { signOut } from "@/components/shell/sign-out";
import { settingsText as text } from "@/components/strings/settings";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { RichText } from "@/components/ui/rich-text";
import { Skeleton } from "@/components/ui/skeleton";
import { formatUsd, shortAddress } from "@/lib/format";
import { useDeleteAccount } from "./use-settings";
import type { SettingsView } from "./wire";

const code = { code: (words: string) => <code className="break-all">{words}</code> };

/** What goes, said in numbers, and the password or the account's own name typed out; then signed out. */
export function DeleteAccountDialog({ account, onClose }: { account: SettingsView; onClose: () => void }) {
  const remove = useDeleteAccount();
  const [typed, setTyped] = useState("");
  const { has_password: hasPassword } = account;
  const wanted = account.name ?? account.email ?? account.wallets[0] ?? "";
  const isMeant = hasPassword ? typed !== "" : typed.trim().toLowerCase() === wanted.toLowerCase();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isMeant || remove.isPending) return;
    const proof = hasPassword ? { password: typed } : { confirm: typed.trim() };
    remove.mutate(proof, { onSuccess: () => void signOut() });
  }

  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen || remove.isPending ? undefined : onClose())}
      title={text.deleteTitleSure}
      description={text.deleteWhat}
    >
      <WhatGoes />
      <p className="text-2 text-ink-2">{text.deleteExportFirst}</p>
      <form onSubmit={submit} className="grid gap-4">
        <Field
          label={hasPassword ? text.deleteByPassword : <RichText text={text.deleteByWords(wanted)} parts={code} />}
        >
          {(control) =>
            hasPassword ? (
              <PasswordInput
                {...control}
                autoComplete="current-password"
                value={typed}
                onChange={({ target }) => setTyped(target.value)}
              />
            ) : (
              <Input
                {...control}
                value={typed}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                placeholder={shortAddress(wanted)}
                onChange={({ target }) => setTyped(target.value)}
              />
            )
          }
        </Field>
        {remove.error ? <ApiErrorBlock title={text.deleteFailed} error={remove.error} /> : null}
        <DialogActions>
          <Button type="submit" look="danger" disabled={!isMeant || remove.isPending || remove.isSuccess}>
            {remove.isPending || remove.isSuccess ? text.deleting : text.deleteYes}
          </Button>
          <Button onClick={onClose}>{text.deleteNo}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** Numbers that are not known yet are not said; that they could not be read keeps nobody from leaving. */
function WhatGoes() {
  const faces = useFaces();
  const keys = useKeys(false);
  const balance = useBalance();
  const { data: subscription } = useSubscription();
  if (faces.isPending || keys.isPending || balance.isPending) {
    return (
      <div aria-hidden className="grid h-26 content-start gap-4 pt-1">
        <Skeleton className="w-full" />
        <Skeleton className="w-2/3" />
      </div>
    );
  }
  const own = faces.data?.filter(({ is_sample }) => !is_sample).length ?? null;
  const credit = balance.data?.balance_usd ?? 0;
  const lines = [
    ...text.deleteList(own, keys.data?.pages.flatMap(({ data }) => data).length ?? null, keys.hasNextPage),
    ...(credit > 0 ? [text.deleteCredit(formatUsd(credit))] : []),
    ...(subscription?.is_paid ? [text.deletePlan] : []),
  ];
  return (
    <ul className="num grid min-h-26 list-disc content-start gap-1 pl-5 text-2">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
