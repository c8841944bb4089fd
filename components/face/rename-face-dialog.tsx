"use client";

import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { useUpdateFace } from "@/components/faces/use-faces";
import { maxUsernameLength, usernameProblem } from "@/components/faces/username";
import { faceText } from "@/components/strings/face";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FaceView } from "@/lib/faces/schemas";
import { ApiError } from "@/lib/http/fetch-json";

type RenameFaceDialogProps = { face: FaceView; onClose: () => void };

/** Another name, another username; and what a new username breaks. */
export function RenameFaceDialog({ face, onClose }: RenameFaceDialogProps) {
  return (
    <Dialog open onOpenChange={onClose} title={faceText.renameTitle(face.name ?? face.username)}>
      <RenameForm face={face} onClose={onClose} />
    </Dialog>
  );
}

function RenameForm({ face, onClose }: RenameFaceDialogProps) {
  const router = useRouter();
  const update = useUpdateFace(face.username);
  const [name, setName] = useState(face.name ?? "");
  const [username, setUsername] = useState(face.username);
  const isMoving = username !== face.username;
  const isUsernameRefused = update.error instanceof ApiError && update.error.param === "username";
  const problem = usernameProblem(username);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (problem) return;
    update.mutate(
      { name: name.trim() || null, ...(isMoving ? { username } : {}) },
      {
        onSuccess: (saved) => {
          toast(faceText.renamed(saved.name ?? saved.username));
          onClose();
          // the old address leads nowhere any more
          if (isMoving) router.replace(`/faces/${saved.username}${window.location.search}`);
        },
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={faceText.name} optional>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
            autoFocus
            autoComplete="off"
          />
        )}
      </Field>
      <Field
        label={faceText.username}
        hint={faceText.usernameHint}
        error={isUsernameRefused ? update.error?.message : isMoving ? problem : null}
      >
        {(control) => (
          <Input
            {...control}
            value={username}
            maxLength={maxUsernameLength + 8}
            onChange={(event) => setUsername(event.target.value)}
            className="font-mono"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      {isMoving ? (
        <p role="status" className="rounded-3 border border-line-2 bg-sunk px-4 py-3 text-2 text-ink-2">
          {faceText.usernameBreaks(face.username)}
        </p>
      ) : null}
      {update.error && !isUsernameRefused ? <ApiErrorBlock title={faceText.notRenamed} error={update.error} /> : null}
      <DialogActions>
        <Button type="submit" look="primary" disabled={update.isPending || (isMoving && problem !== null)}>
          {update.isPending ? faceText.saving : isMoving ? faceText.renameTo(username) : faceText.renameNow}
        </Button>
        <Button look="ghost" onClick={onClose}>
          {faceText.cancel}
        </Button>
      </DialogActions>
    </form>
  );
}
