"use client";

import { useState, type FormEvent } from "react";
import { usePlans } from "@/components/billing/use-payments";
import { adminText as text } from "@/components/strings/admin";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyTextButton } from "@/components/ui/copy-button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { readInvite, type InviteFields } from "./read-invite";
import { useCreateInvite } from "./use-admin";
import type { NewInviteView } from "./wire";

/** Makes an invite, then shows its link: the only time. */
export function NewInviteDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateInvite();
  return (
    <Dialog
      open
      // its link is shown once: it is waited for
      onOpenChange={(isOpen) => (isOpen || create.isPending ? undefined : onClose())}
      title={create.data ? text.inviteMade : text.inviteTitle}
      description={create.data ? text.inviteOnce : text.inviteWhat}
    >
      {create.data ? (
        <InviteLink invite={create.data} onClose={onClose} />
      ) : (
        <InviteForm create={create} onClose={onClose} />
      )}
    </Dialog>
  );
}

type InviteFormProps = { create: ReturnType<typeof useCreateInvite>; onClose: () => void };

function InviteForm({ create, onClose }: InviteFormProps) {
  const { data: plans } = usePlans();
  const [fields, setFields] = useState<InviteFields>({ uses: "1", days: "14", plan: "", credit: "0", note: "" });
  const { invite, errors } = readInvite(fields);
  const bound = (name: keyof InviteFields) => ({
    value: fields[name],
    onChange: ({ target }: { target: { value: string } }) => setFields({ ...fields, [name]: target.value }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (invite !== null && !create.isPending) create.mutate(invite);
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <div className="grid gap-4 mid:grid-cols-2">
        <Field label={text.inviteUses} error={errors.uses}>
          {(control) => <Input {...control} {...bound("uses")} inputMode="numeric" className="num" />}
        </Field>
        <Field label={text.inviteDays} hint={text.inviteDaysHint} error={errors.days}>
          {(control) => <Input {...control} {...bound("days")} inputMode="numeric" className="num" />}
        </Field>
        <Field label={text.invitePlan}>
          {(control) => (
            <Select {...control} {...bound("plan")}>
              <option value="">{text.invitePlanDefault}</option>
              {plans?.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={text.inviteCredit} error={errors.credit}>
          {(control) => <Input {...control} {...bound("credit")} inputMode="decimal" className="num" />}
        </Field>
      </div>
      <Field label={text.inviteNote} hint={text.inviteNoteHint} optional>
        {(control) => <Input {...control} {...bound("note")} maxLength={200} />}
      </Field>
      {create.error ? <ApiErrorBlock title={text.inviteFailed} error={create.error} /> : null}
      <DialogActions>
        <Button type="submit" look="primary" disabled={invite === null || create.isPending}>
          {text.inviteYes(invite?.max_uses ?? 1)}
        </Button>
        <Button disabled={create.isPending} onClick={onClose}>
          {text.keep}
        </Button>
      </DialogActions>
    </form>
  );
}

function InviteLink({ invite, onClose }: { invite: NewInviteView; onClose: () => void }) {
  const link = `${window.location.origin}/signin?invite=${encodeURIComponent(invite.code)}`;
  return (
    <>
      <CodeBlock code={link} label={text.inviteLink} isWrapped isCopyable={false} />
      <DialogActions>
        <CopyTextButton text={link} look="primary">
          {text.inviteCopy}
        </CopyTextButton>
        <Button onClick={onClose}>{text.inviteDone}</Button>
      </DialogActions>
    </>
  );
}
