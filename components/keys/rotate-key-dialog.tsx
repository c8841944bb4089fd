"use client";

import { useState } from "react";
import { keysText } from "@/components/strings/keys";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import type { KeyView, NewKeyView } from "@/lib/keys/schemas";
import { useRotateKey } from "./use-keys";

type RotateKeyDialogProps = { rotated: KeyView | null; onClose: () => void; onRotated: (key: NewKeyView) => void };

/** A new secret for the same key, with a time in which both work. @param rotated null: closed */
export function RotateKeyDialog({ rotated, onClose, onRotated }: RotateKeyDialogProps) {
  const rotate = useRotateKey();
  const [hours, setHours] = useState("24");
  if (rotated === null) return null;
  const { title, description, overlap, options, submit, submitting, failed } = keysText.rotation;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={title(rotated.name)}
      description={description}
    >
      <Field label={overlap}>
        {(control) => (
          <Select {...control} value={hours} onChange={(event) => setHours(event.target.value)}>
            {Object.entries(options).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {rotate.error ? <ApiErrorBlock title={failed} error={rotate.error} /> : null}
      <DialogActions>
        <Button
          look="primary"
          disabled={rotate.isPending}
          onClick={() =>
            // a secret is seen once: whoever closes the dialog meanwhile still gets it
            void rotate.mutateAsync({ id: rotated.id, hours: Number(hours) }).then(
              (key) => {
                onRotated(key);
                onClose();
              },
              () => undefined,
            )
          }
        >
          {rotate.isPending ? submitting : submit}
        </Button>
        <Button look="ghost" onClick={onClose}>
          {keysText.cancel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
