"use client";

import { MoreHorizontal, Pencil, Plus, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { portraitsText } from "@/components/strings/portraits";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { FaceView } from "@/lib/faces/schemas";
import type { TuneDetail } from "@/lib/portraits/tune-schemas";
import { useDeleteTune, useUpdateTune } from "./use-tunes";

type SetChooserProps = {
  face: FaceView;
  tunes: readonly TuneDetail[];
  tune: TuneDetail;
  onChoose: (id: number) => void;
  onNew: () => void;
};

/** Which set of photos is used, and what can be done with it. */
export function SetChooser({ face, tunes, tune, onChoose, onNew }: SetChooserProps) {
  const [asked, setAsked] = useState<"rename" | "delete" | null>(null);
  const close = () => setAsked(null);
  return (
    <div className="flex items-center gap-2">
      {tunes.length > 1 ? (
        <Select
          aria-label={portraitsText.set}
          value={String(tune.id)}
          onChange={(event) => onChoose(Number(event.target.value))}
          className="min-w-0 flex-1"
        >
          {tunes.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      ) : (
        <p className="min-w-0 flex-1 truncate font-strong" title={tune.title}>
          {tune.title}
        </p>
      )}
      <Menu
        label={portraitsText.moreOfSet}
        trigger={
          <Button size="square" aria-label={portraitsText.moreOfSet}>
            <MoreHorizontal size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={onNew}>
          <Plus size={16} strokeWidth={1.75} aria-hidden />
          {portraitsText.newSet}
        </MenuItem>
        <MenuItem onSelect={() => setAsked("rename")}>
          <Pencil size={16} strokeWidth={1.75} aria-hidden />
          {portraitsText.renameSet}
        </MenuItem>
        <MenuLine />
        <MenuItem danger onSelect={() => setAsked("delete")}>
          <Trash2 size={16} strokeWidth={1.75} aria-hidden />
          {portraitsText.deleteSet}
        </MenuItem>
      </Menu>
      {asked === "rename" ? <RenameSet face={face} tune={tune} onClose={close} /> : null}
      {asked === "delete" ? <DeleteSet face={face} tune={tune} onClose={close} /> : null}
    </div>
  );
}

type AskProps = { face: FaceView; tune: TuneDetail; onClose: () => void };

function RenameSet({ face, tune, onClose }: AskProps) {
  const [title, setTitle] = useState(tune.title);
  const update = useUpdateTune(face.username, tune.id);
  function save(event: FormEvent) {
    event.preventDefault();
    update.mutate(
      { title: title.trim() },
      {
        onSuccess: (renamed) => {
          toast(portraitsText.renamed(renamed.title));
          onClose();
        },
      },
    );
  }
  return (
    <Dialog open onOpenChange={onClose} title={portraitsText.rename}>
      <form onSubmit={save} className="grid gap-5">
        <Field label={portraitsText.setTitle} error={update.error?.message}>
          {(control) => (
            <Input
              {...control}
              value={title}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <DialogActions>
          <Button type="submit" look="primary" disabled={title.trim() === "" || update.isPending}>
            {portraitsText.save}
          </Button>
          <Button look="ghost" onClick={onClose}>
            {portraitsText.cancel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function DeleteSet({ face, tune, onClose }: AskProps) {
  const remove = useDeleteTune(face.username);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={portraitsText.deleteSetTitle(tune.title)}
      description={portraitsText.deleteSetWhat(tune.photos.length)}
    >
      {remove.error ? <ApiErrorBlock title={portraitsText.setUndeleted} error={remove.error} /> : null}
      <DialogActions>
        <Button
          look="danger"
          disabled={remove.isPending}
          onClick={() =>
            remove.mutate(tune.id, {
              onSuccess: () => {
                toast(portraitsText.setDeleted(tune.title));
                onClose();
              },
            })
          }
        >
          {portraitsText.deleteSetNow}
        </Button>
        <Button look="ghost" autoFocus onClick={onClose}>
          {portraitsText.keepSet}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
