"use client";

import { useState, type FormEvent } from "react";
import { sourcesText } from "@/components/strings/sources";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { DocumentView } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { useUpdateDocument } from "./use-documents";

type RenameDocumentDialogProps = { face: FaceView; document: DocumentView; onClose: () => void };

export function RenameDocumentDialog({ face, document, onClose }: RenameDocumentDialogProps) {
  const update = useUpdateDocument(face.username);
  const [label, setLabel] = useState(document.label);

  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate({ id: document.id, label: label.trim() }, { onSuccess: onClose });
  }

  return (
    <Dialog open onOpenChange={onClose} title={sourcesText.renameTitle}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={sourcesText.label} hint={sourcesText.labelHint}>
          {(control) => (
            <Input
              {...control}
              value={label}
              maxLength={200}
              onChange={(event) => setLabel(event.target.value)}
              onFocus={(event) => event.target.select()}
              autoFocus
            />
          )}
        </Field>
        {update.error ? <ApiErrorBlock title={sourcesText.notRenamed} error={update.error} /> : null}
        <DialogActions>
          <Button type="submit" look="primary" disabled={label.trim() === "" || update.isPending}>
            {sourcesText.renameTo}
          </Button>
          <Button look="ghost" onClick={onClose}>
            {sourcesText.cancel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
