"use client";

import { toast } from "@/components/ui/toast";
import { versionsText } from "@/components/strings/versions";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import type { FaceView } from "@/lib/faces/schemas";
import { useRestoreVersion, useVersionDiff } from "./use-versions";
import type { VersionView } from "./wire";

type RestoreDialogProps = {
  face: FaceView;
  version: VersionView;
  /** what the face is now */
  current: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** What restoring means, in words and in numbers, before it is done. */
export function RestoreDialog({ face, version, current, open, onOpenChange }: RestoreDialogProps) {
  const restore = useRestoreVersion(face.username);
  const diff = useVersionDiff(face.username, open ? current : 0, version.number);
  const gone = version.sources.filter((source) => !source.available).length;
  const counts = diff.data?.counts;

  function run(number: number) {
    restore.mutate(number, {
      onSuccess: (made) => {
        toast(versionsText.restored(number, made.number), {
          action: { label: versionsText.undo, onClick: takeBack },
        });
        onOpenChange(false);
      },
    });
  }

  /** Told also when one looks at something else by now. */
  function takeBack() {
    restore.mutateAsync(current).then(
      (made) => toast(versionsText.restored(current, made.number)),
      (error: Error) => toast.error(versionsText.restoreFailedWhy(error.message)),
    );
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={versionsText.restoreTitle(version.number)}
      description={versionsText.restoreMeans}
    >
      <div className="grid gap-2 text-2 text-ink-2">
        <p role="status" className="num font-strong">
          {counts
            ? versionsText.restoreEffect(counts.added, counts.removed, counts.changed)
            : versionsText.restoreCounting}
        </p>
        <p>{versionsText.restoreWait}</p>
        {gone > 0 ? <p>{versionsText.restoreGone(gone)}</p> : null}
      </div>
      {restore.error ? <ApiErrorBlock title={versionsText.restoreFailed} error={restore.error} /> : null}
      <DialogActions>
        <Button look="primary" disabled={restore.isPending} onClick={() => run(version.number)}>
          {restore.isPending ? versionsText.restoring : versionsText.restore(version.number)}
        </Button>
        <Button look="ghost" onClick={() => onOpenChange(false)}>
          {versionsText.cancel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
