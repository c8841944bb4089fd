"use client";

import { chatText } from "@/components/strings/chat";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { useDeleteAll } from "./use-conversations";

/** The one deletion here that cannot be taken back asks first. */
export function DeleteAllDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const deletion = useDeleteAll();
  const deleteAll = () =>
    deletion.mutate(undefined, {
      onSuccess: () => {
        onClose();
        onDone();
      },
    });
  return (
    <Dialog open onOpenChange={onClose} title={chatText.deleteAllTitle} description={chatText.deleteAllText}>
      {deletion.error ? <ApiErrorBlock title={chatText.deletingFailed} error={deletion.error} /> : null}
      <DialogActions>
        <Button look="danger" onClick={deleteAll} disabled={deletion.isPending}>
          {chatText.deleteAllDo}
        </Button>
        <Button onClick={onClose}>{chatText.keep}</Button>
      </DialogActions>
    </Dialog>
  );
}
