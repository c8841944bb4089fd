"use client";

import { toast } from "sonner";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { countOf } from "@/lib/format";
import type { DocumentView } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { useDeleteDocument } from "./use-documents";
import type { DeletionReceipt } from "./wire";

type DeleteDocumentDialogProps = { face: FaceView; document: DocumentView | null; onClose: () => void };

/** Asks before a text goes, and tells afterwards exactly what went with it. */
export function DeleteDocumentDialog({ face, document, onClose }: DeleteDocumentDialogProps) {
  const remove = useDeleteDocument(face.username);
  if (!document) return null;

  function confirm(doomed: DocumentView) {
    remove.mutate(doomed.id, {
      onSuccess: (receipt) => {
        toast(receiptOf(doomed, receipt), { duration: 10_000 });
        onClose();
      },
    });
  }

  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={`Delete ${document.label}?`}
      description="The statements that rest on this text alone go with it; what other texts also say stays. The face is then as if it had never read it."
    >
      {remove.error ? <ApiErrorBlock title="The text was not deleted" error={remove.error} /> : null}
      <DialogActions>
        <Button look="danger" disabled={remove.isPending} onClick={() => confirm(document)}>
          {remove.isPending ? "Deleting…" : "Delete the text"}
        </Button>
        <Button look="ghost" autoFocus onClick={onClose}>
          Keep it
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The receipt as a sentence: what went, what stayed, what came back. */
function receiptOf(document: DocumentView, receipt: DeletionReceipt): string {
  const kept =
    receipt.primitives_kept > 0
      ? ` ${countOf(receipt.primitives_kept, "statement")} stayed, other texts say the same.`
      : "";
  const released = receipt.tokens_released > 0 ? ` ${countOf(receipt.tokens_released, "token")} came back.` : "";
  return `${document.label} removed, with ${countOf(receipt.primitives_removed, "statement")}.${kept}${released}`;
}
