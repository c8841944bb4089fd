"use client";

import { MoreHorizontal, Pencil, Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { portraitSetText as text } from "@/components/strings/portrait-set";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { TuneDetail } from "@/lib/portraits/tune-schemas";
import { useRenameTune } from "./use-tunes";

/** What the address says of a set that is to come. */
export const newSet = "new";

type SetHeadProps = { tunes: readonly TuneDetail[]; tune: TuneDetail | undefined; onTune: (tune: string) => void };

/** Which of a face's sets of photos is shown, and the way to another one. */
export function SetHead({ tunes, tune, onTune }: SetHeadProps) {
  const [isRenaming, setIsRenaming] = useState(false);
  if (tunes.length === 0) return null;
  if (tune === undefined)
    return (
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 text-2 text-ink-2">{text.newNote}</p>
        <Button look="ghost" onClick={() => onTune("")}>
          {text.cancel}
        </Button>
      </div>
    );
  return (
    <div className="flex items-center gap-2">
      {tunes.length > 1 ? (
        <Select
          aria-label={text.label}
          value={String(tune.id)}
          onChange={(event) => onTune(event.target.value)}
          className="min-w-0 flex-1"
        >
          {tunes.map(({ id, title, photos }) => (
            <option key={id} value={String(id)}>
              {text.option(title, photos.length)}
            </option>
          ))}
        </Select>
      ) : (
        <p className="min-w-0 flex-1 truncate text-2" title={tune.title}>
          {tune.title}
        </p>
      )}
      <Menu
        label={text.more}
        trigger={
          <Button size="square" aria-label={text.more}>
            <MoreHorizontal size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => onTune(newSet)}>
          <Plus size={16} strokeWidth={1.75} aria-hidden />
          {text.new}
        </MenuItem>
        <MenuItem onSelect={() => setIsRenaming(true)}>
          <Pencil size={16} strokeWidth={1.75} aria-hidden />
          {text.rename}
        </MenuItem>
      </Menu>
      {isRenaming ? <RenameSet tune={tune} onClose={() => setIsRenaming(false)} /> : null}
    </div>
  );
}

function RenameSet({ tune, onClose }: { tune: TuneDetail; onClose: () => void }) {
  const [title, setTitle] = useState(tune.title);
  const rename = useRenameTune(tune.id);
  function save(event: FormEvent) {
    event.preventDefault();
    rename.mutate(title.trim(), {
      onSuccess: (renamed) => {
        toast(text.renamed(renamed.title));
        onClose();
      },
    });
  }
  return (
    <Dialog open onOpenChange={onClose} title={text.rename}>
      <form onSubmit={save} className="grid gap-5">
        <Field label={text.title} error={rename.error?.message}>
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
          <Button type="submit" look="primary" disabled={title.trim() === "" || rename.isPending}>
            {text.save}
          </Button>
          <Button look="ghost" onClick={onClose}>
            {text.cancel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
