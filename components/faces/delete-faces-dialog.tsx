"use client";

import { useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";
import { facesText } from "@/components/strings/faces";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import type { FaceView } from "@/lib/faces/schemas";
import { BulkRows } from "./bulk-rows";
import { nameOf } from "./faces-view";
import { useBulkWork } from "./use-bulk-work";
import { deleteFace } from "./use-faces";

type DeleteFacesDialogProps = { faces: FaceView[]; onClose: () => void };

/** Asks once, names what goes, and tells of each face that stayed why. */
export function DeleteFacesDialog({ faces, onClose }: DeleteFacesDialogProps) {
  const client = useQueryClient();
  const work = useBulkWork(deleteFace);
  const texts = faces.reduce((sum, face) => sum + (face.formula === null ? face.document_counts.total : 0), 0);

  async function remove(ids: readonly string[]) {
    const failed = await work.run(...inOrder(faces, ids));
    await client.invalidateQueries({ queryKey: ["faces"] });
    void client.invalidateQueries({ queryKey: ["billing"] });
    if (failed.length < ids.length) toast(facesText.deleted(ids.length - failed.length));
    if (failed.length === 0) onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => (open || work.phase === "working" ? undefined : onClose())}
      title={facesText.deleteTitle(faces.map(nameOf))}
      description={facesText.deleteWhat(texts)}
    >
      <BulkRows faces={faces} states={work.states} note={(face) => face.username} />
      {work.phase === "ended" && work.failed.length > 0 ? (
        <p role="alert" className="text-2 text-danger">
          {facesText.failedCount(work.failed.length, faces.length)}
        </p>
      ) : null}
      <DialogActions>
        {work.phase === "ended" ? (
          <Button onClick={() => void remove(work.failed)}>{facesText.tryFailedAgain}</Button>
        ) : (
          <Button
            look="danger"
            disabled={work.phase === "working"}
            onClick={() => void remove(faces.map(({ id }) => id))}
          >
            {facesText.deleteNow(faces.length)}
          </Button>
        )}
        <Button look="ghost" autoFocus disabled={work.phase === "working"} onClick={onClose}>
          {work.phase === "ended" ? facesText.close : facesText.keep(faces.length)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Composites go first: a face that others are made of cannot go before them. */
function inOrder(faces: readonly FaceView[], ids: readonly string[]): [string[], string[]] {
  const isComposite = (id: string) => faces.find((face) => face.id === id)?.formula !== null;
  return [ids.filter(isComposite), ids.filter((id) => !isComposite(id))];
}
