"use client";

import { useState, type FormEvent, type KeyboardEvent } from "react";
import { primitivesText } from "@/components/strings/primitives";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { useDraft } from "@/components/ui/use-draft";
import type { PrimitiveView } from "@/lib/compile/schemas";

type EditStatementProps = { primitive: PrimitiveView; onSave: (statement: string) => void; onCancel: () => void };

/** Words for a statement that the owner would rather have; the sentence it rests on stays what it is. */
export function EditStatement({ primitive, onSave, onCancel }: EditStatementProps) {
  const [draft, setDraft, clearDraft] = useDraft(`statement.${primitive.id}`);
  const [isTouched, setIsTouched] = useState(draft !== "");
  const text = isTouched ? draft : primitive.statement;
  const wanted = text.trim();
  const canSave = wanted !== "" && wanted !== primitive.statement;

  function leave() {
    clearDraft();
    onCancel();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!canSave) return;
    clearDraft();
    onSave(wanted);
  }

  function press(event: KeyboardEvent) {
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit(event);
  }

  return (
    <form onSubmit={submit} className="grid gap-3">
      <Field label={primitivesText.editLabel} hint={primitivesText.editHint}>
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            maxLength={500}
            value={text}
            onChange={(event) => {
              setIsTouched(true);
              setDraft(event.target.value);
            }}
            onKeyDown={press}
            autoFocus
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={!canSave}>
          {primitivesText.editSave}
        </Button>
        <Button look="ghost" onClick={leave}>
          {primitivesText.cancel}
        </Button>
      </div>
    </form>
  );
}
