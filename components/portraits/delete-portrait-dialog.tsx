"use client";

import { portraitsText as text } from "@/components/strings/portraits";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { PortraitView } from "@/lib/portraits/portrait-schemas";
import { useDeletePortrait } from "./use-portraits";

type DeletePortraitDialogProps = {
  portrait: PortraitView | null;
  onClose: () => void;
  onDeleted: (id: string) => void;
};

/** Asks once: the file is gone at once and for good. */
export function DeletePortraitDialog({ portrait, onClose, onDeleted }: DeletePortraitDialogProps) {
  const remove = useDeletePortrait();
  return (
    <Dialog
      open={portrait !== null}
      onOpenChange={(open) => (open || remove.isPending ? undefined : onClose())}
      title={text.deleteOneTitle}
      description={text.deleteOneAbout}
    >
      {remove.error ? <ApiErrorBlock title={text.changeFailed} error={remove.error} /> : null}
      <DialogActions>
        <Button
          look="danger"
          disabled={remove.isPending || portrait === null}
          onClick={() => {
            if (portrait === null) return;
            remove.mutate(portrait.id, {
              onSuccess: () => {
                toast(text.oneDeleted);
                onDeleted(portrait.id);
                onClose();
              },
            });
          }}
        >
          {remove.isPending ? text.deleting : text.deleteOneConfirm}
        </Button>
        <Button look="ghost" autoFocus disabled={remove.isPending} onClick={onClose}>
          {text.keepOne}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
