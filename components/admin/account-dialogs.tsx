"use client";

import { toast } from "@/components/ui/toast";
import { adminText as text } from "@/components/strings/admin";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { accountName } from "./account-name";
import { FreezeForm } from "./freeze-form";
import { GrantForm } from "./grant-form";
import { PlanForm } from "./plan-form";
import { useChangeAccount } from "./use-admin";
import type { AdminAccountView } from "./wire";

export type AccountAction = keyof typeof text.actions;
export type ActionProps = { account: AdminAccountView; onClose: () => void };

/** What was chosen in the menu of an account. */
export function AccountDialogs({ action, account, onClose }: ActionProps & { action: AccountAction }) {
  const name = accountName(account);
  const parts = { account, onClose };
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())} {...wordsOf(action, account, name)}>
      {action === "grant" ? (
        <GrantForm {...parts} />
      ) : action === "plan" ? (
        <PlanForm {...parts} />
      ) : action === "freeze" || action === "reason" ? (
        <FreezeForm {...parts} />
      ) : (
        <Confirm {...parts} action={action} />
      )}
    </Dialog>
  );
}

function wordsOf(
  action: AccountAction,
  account: AdminAccountView,
  name: string,
): { title: string; description: string } {
  switch (action) {
    case "grant":
      return { title: text.grantTitle(name), description: text.grantWhat };
    case "plan":
      return { title: text.planTitle(name), description: account.is_paying ? text.planPaying : text.planWhat };
    case "freeze":
    case "reason":
      return { title: text.freezeTitle(name), description: text.freezeWhat };
    case "free":
      return { title: text.freeTitle(name), description: text.freeWhat };
    case "makeAdmin":
    case "dropAdmin":
      return {
        title: text.adminTitle(name, action === "makeAdmin"),
        description: text.adminWhat(action === "makeAdmin"),
      };
  }
}

/** Yes or no. */
function Confirm({ account, action, onClose }: ActionProps & { action: "free" | "makeAdmin" | "dropAdmin" }) {
  const change = useChangeAccount();
  const willBe = action === "makeAdmin";
  const name = accountName(account);
  const run = () =>
    change.mutate(
      { id: account.id, ...(action === "free" ? { is_frozen: false } : { is_admin: willBe }) },
      {
        onSuccess: () => {
          toast(action === "free" ? text.freed(name) : text.adminDone(name, willBe));
          onClose();
        },
      },
    );
  return (
    <>
      {change.error ? <ApiErrorBlock title={text.changeFailed} error={change.error} /> : null}
      <DialogActions>
        <Button look={action === "dropAdmin" ? "danger" : "primary"} disabled={change.isPending} onClick={run}>
          {action === "free" ? text.actions.free : text.adminYes(willBe)}
        </Button>
        <Button onClick={onClose}>{text.keep}</Button>
      </DialogActions>
    </>
  );
}
