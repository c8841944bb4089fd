"use client";

import { Ellipsis, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { useDeleteFace } from "@/components/faces/use-faces";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import { countOf } from "@/lib/format";
import type { FaceView } from "@/lib/faces/schemas";

export function FaceMenu({ face }: { face: FaceView }) {
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <Button size="square" aria-label="More">
            <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        }
      >
        <MenuItem danger onSelect={() => setIsDeleting(true)}>
          <Trash2 size={16} strokeWidth={1.75} aria-hidden />
          Delete this face…
        </MenuItem>
      </Menu>
      <DeleteFaceDialog face={face} open={isDeleting} onOpenChange={setIsDeleting} />
    </>
  );
}

type DeleteFaceDialogProps = { face: FaceView; open: boolean; onOpenChange: (open: boolean) => void };

function DeleteFaceDialog({ face, open, onOpenChange }: DeleteFaceDialogProps) {
  const router = useRouter();
  const remove = useDeleteFace();
  const name = face.name ?? face.username;

  function confirm() {
    remove.mutate(face.username, {
      onSuccess: () => {
        toast(`${name} is deleted, with ${countOf(face.document_counts.total, "text")}.`);
        router.push("/faces");
      },
    });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${name}?`}
      description={`Its ${countOf(face.document_counts.total, "text")} and every statement go with it. This cannot be undone. Clients that call ${face.username} get a 404.`}
    >
      {remove.error ? <ApiErrorBlock title="The face was not deleted" error={remove.error} /> : null}
      <DialogActions>
        <Button look="danger" onClick={confirm} disabled={remove.isPending}>
          Delete {face.username} for good
        </Button>
        <Button look="ghost" autoFocus onClick={() => onOpenChange(false)}>
          Keep it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
