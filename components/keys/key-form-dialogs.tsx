"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { keysText } from "@/components/strings/keys";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { useDraft } from "@/components/ui/use-draft";
import type { KeyView, NewKeyView } from "@/lib/keys/schemas";
import { draftOf, emptyDraft, problemsOf, toBody, type KeyDraft } from "./key-draft";
import { KeyFields } from "./key-fields";
import { useCreateKey, useUpdateKey } from "./use-keys";

type CreateKeyDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (key: NewKeyView) => void;
};

export function CreateKeyDialog({ open, onOpenChange, onCreated }: CreateKeyDialogProps) {
  const { title, description } = keysText.create;
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description} className="max-w-150">
      <CreateKeyForm
        onDone={(key) => {
          if (key) onCreated(key);
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

function CreateKeyForm({ onDone }: { onDone: (key: NewKeyView | null) => void }) {
  const create = useCreateKey();
  const [kept, keep, forget] = useDraft("new-key");
  const draft = readDraft(kept);
  return (
    <KeyForm
      draft={draft}
      onChange={(changes) => keep(JSON.stringify({ ...draft, ...changes }))}
      words={{ ...keysText.create, isPending: create.isPending }}
      error={create.error}
      onCancel={() => {
        forget();
        onDone(null);
      }}
      // a key is seen once: whoever closes the dialog meanwhile still gets it
      onSubmit={() =>
        void create.mutateAsync(toBody(draft)).then(
          (key) => {
            forget();
            onDone(key);
          },
          () => undefined,
        )
      }
    />
  );
}

/** A draft of an older release is none. */
function readDraft(kept: string): KeyDraft {
  try {
    return kept === "" ? emptyDraft : { ...emptyDraft, ...(JSON.parse(kept) as Partial<KeyDraft>) };
  } catch {
    return emptyDraft;
  }
}

/** @param edited null: closed */
export function EditKeyDialog({ edited, onClose }: { edited: KeyView | null; onClose: () => void }) {
  if (edited === null) return null;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={keysText.change.title(edited.name)}
      description={keysText.change.description}
      className="max-w-150"
    >
      <EditKeyForm edited={edited} onClose={onClose} />
    </Dialog>
  );
}

function EditKeyForm({ edited, onClose }: { edited: KeyView; onClose: () => void }) {
  const update = useUpdateKey();
  const [draft, setDraft] = useState(() => draftOf(edited));
  return (
    <KeyForm
      draft={draft}
      onChange={(changes) => setDraft((before) => ({ ...before, ...changes }))}
      endsAt={edited.expires_at}
      words={{ ...keysText.change, isPending: update.isPending }}
      error={update.error}
      onCancel={onClose}
      onSubmit={() =>
        update.mutate(
          { id: edited.id, ...toBody(draft) },
          {
            onSuccess: (key) => {
              toast(keysText.change.done(key.name));
              onClose();
            },
          },
        )
      }
    />
  );
}

type KeyFormProps = {
  draft: KeyDraft;
  onChange: (changes: Partial<KeyDraft>) => void;
  endsAt?: string | null;
  words: { submit: string; submitting: string; failed: string; isPending: boolean };
  error: Error | null;
  onSubmit: () => void;
  onCancel: () => void;
};

function KeyForm({ draft, onChange, endsAt, words, error, onSubmit, onCancel }: KeyFormProps) {
  const problems = problemsOf(draft);
  const isReady = draft.name.trim() !== "" && Object.keys(problems).length === 0;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady && !words.isPending) onSubmit();
  }
  return (
    <form onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <KeyFields draft={draft} problems={problems} onChange={onChange} endsAt={endsAt} />
      {error ? <ApiErrorBlock title={words.failed} error={error} /> : null}
      <DialogActions>
        <Button type="submit" look="primary" disabled={!isReady || words.isPending}>
          {words.isPending ? words.submitting : words.submit}
        </Button>
        <Button look="ghost" onClick={onCancel}>
          {keysText.cancel}
        </Button>
      </DialogActions>
    </form>
  );
}
