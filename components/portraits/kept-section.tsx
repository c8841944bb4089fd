"use client";

import { useId, useState } from "react";
import { portraitSetText } from "@/components/strings/portrait-set";
import { portraitsText as text } from "@/components/strings/portraits";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { formatDay } from "@/lib/format";
import { keptDays, type TuneDetail } from "@/lib/portraits/tune-schemas";
import { useDeleteTune, useExtend, useExtendNow } from "./use-tunes";

type KeptSectionProps = { tune: TuneDetail; face: string };

/** Until when photos and portraits are kept, and the way to delete them now. */
export function KeptSection({ tune, face }: KeptSectionProps) {
  const extend = useExtend(tune.id, face);
  const [isAsking, setIsAsking] = useState(false);
  const id = useId();
  return (
    <section className="grid gap-2">
      <h3>{text.keptUntil}</h3>
      <p className="num text-2 text-ink-2">
        {tune.expires_at === null ? text.keptForever : text.keptUntilDay(formatDay(tune.expires_at))}
      </p>
      {tune.expires_at === null ? null : (
        <div className="flex items-center gap-2 text-2">
          <Switch
            id={id}
            checked={extend.isPending ? extend.variables : tune.auto_extend}
            aria-describedby={`${id}-note`}
            onCheckedChange={(isOn) => extend.mutate(isOn)}
          />
          <label htmlFor={id}>{text.extend}</label>
          <span id={`${id}-note`} className="sr-only">
            {text.extendNote}
          </span>
        </div>
      )}
      {extend.error ? <ApiErrorBlock title={text.changeFailed} error={extend.error} /> : null}
      {tune.expires_at === null ? null : <ExtendNow tune={tune} />}
      <Button look="danger" className="mt-1 justify-self-start" onClick={() => setIsAsking(true)}>
        {text.deleteSet}
      </Button>
      <DeleteSetDialog tune={tune} isOpen={isAsking} onClose={() => setIsAsking(false)} />
    </section>
  );
}

function ExtendNow({ tune }: { tune: TuneDetail }) {
  const extend = useExtendNow(tune);
  return (
    <Button
      className="justify-self-start"
      disabled={extend.isPending}
      onClick={() =>
        extend.mutate(undefined, {
          onSuccess: ({ expires_at: end }) => toast(portraitSetText.extended(end ?? "")),
          onError: (error) => toast.error(error.message),
        })
      }
    >
      {portraitSetText.extendNow(keptDays)}
    </Button>
  );
}

type DeleteSetDialogProps = { tune: TuneDetail; isOpen: boolean; onClose: () => void };

function DeleteSetDialog({ tune, isOpen, onClose }: DeleteSetDialogProps) {
  const remove = useDeleteTune();
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => (open || remove.isPending ? undefined : onClose())}
      title={text.deleteTitle(tune.title)}
      description={text.deleteAbout}
    >
      {remove.error ? <ApiErrorBlock title={text.changeFailed} error={remove.error} /> : null}
      <DialogActions>
        <Button
          look="danger"
          disabled={remove.isPending}
          onClick={() =>
            remove.mutate(tune.id, {
              onSuccess: () => {
                onClose();
                toast(text.setDeleted);
              },
            })
          }
        >
          {remove.isPending ? text.deleting : text.deleteConfirm}
        </Button>
        <Button look="ghost" autoFocus disabled={remove.isPending} onClick={onClose}>
          {text.keepThem}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
