"use client";

import { useRef, useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { formulaText as text } from "@/components/strings/faces";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { useDraft } from "@/components/ui/use-draft";
import type { FaceView } from "@/lib/faces/schemas";
import { nameOf } from "./faces-view";
import { FormulaEditor } from "./formula-editor";
import { useFormula } from "./use-formula";
import { useUpdateFace } from "./use-faces";

/** What a composite is made of, to be changed. What is typed is kept until it is saved. */
export function FaceFormula({ face, onSaved }: { face: FaceView; onSaved?: () => void }) {
  const now = face.formula ?? "";
  const update = useUpdateFace(face.username);
  const [draft, keepDraft, clearDraft] = useDraft(`formula.${face.id}`);
  const [value, setValue] = useState(draft === "" ? now : draft);
  const formula = useFormula(value, face);
  const [isChecked, setIsChecked] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const isChanged = value.trim() !== now;

  function change(next: string) {
    setValue(next);
    keepDraft(next === now ? "" : next);
  }

  function save(wanted: string, before: string | null) {
    void update.mutateAsync({ formula: wanted }).then(
      () => {
        clearDraft();
        setValue(wanted);
        const undo = before === null ? {} : { action: { label: text.undo, onClick: () => save(before, null) } };
        toast(text.saved(nameOf(face)), undo);
        if (before !== null) onSaved?.();
      },
      (error: Error) => {
        // the form shows why it was not saved; whoever takes it back may have closed it
        if (before === null) toast.error(text.saveFailed, { description: error.message });
      },
    );
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    // it may stand in a dialog over another form
    event.stopPropagation();
    setIsChecked(true);
    if (formula.problem !== null) input.current?.focus();
    else if (isChanged) save(value.trim(), now);
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormulaEditor value={value} onChange={change} formula={formula} isChecked={isChecked} inputRef={input} />
      {update.error ? <ApiErrorBlock title={text.saveFailed} error={update.error} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" disabled={!isChanged || update.isPending}>
          {update.isPending ? text.saving : text.save}
        </Button>
        {isChanged ? (
          <Button look="ghost" onClick={() => change(now)}>
            {text.undo}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
