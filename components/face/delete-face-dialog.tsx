"use client";

import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { useDeleteFace } from "@/components/faces/use-faces";
import { sumOf } from "@/components/fingerprint/components";
import { faceText } from "@/components/strings/face";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FaceView } from "@/lib/faces/schemas";

/** A face goes for good: whoever means it types its name. */
export function DeleteFaceDialog({ face, onClose }: { face: FaceView; onClose: () => void }) {
  const router = useRouter();
  const remove = useDeleteFace();
  const [typed, setTyped] = useState("");
  const name = face.name ?? face.username;
  // the texts of a composite are its parts', and stay
  const texts = face.formula === null ? face.document_counts.total : 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (typed.trim() !== face.username) return;
    remove.mutate(face.username, {
      onSuccess: () => {
        toast(faceText.deleted(name, texts));
        router.push("/faces");
      },
    });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={faceText.deleteTitle(name)}
      description={faceText.deleteNote(texts, sumOf(face.component_counts))}
    >
      <form onSubmit={submit} className="grid gap-4">
        <Field label={faceText.typeToDelete(face.username)}>
          {(control) => (
            <Input
              {...control}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className="font-mono"
              autoFocus
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        {remove.error ? <ApiErrorBlock title={faceText.notDeleted} error={remove.error} /> : null}
        <DialogActions>
          <Button type="submit" look="danger" disabled={typed.trim() !== face.username || remove.isPending}>
            {remove.isPending ? faceText.deleting : faceText.deleteNow(face.username)}
          </Button>
          <Button look="ghost" onClick={onClose}>
            {faceText.keepIt}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
