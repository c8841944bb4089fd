"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { PrimitiveView } from "@/lib/compile/schemas";

type EditStatementProps = { primitive: PrimitiveView; onSave: (statement: string) => void; onCancel: () => void };

/** Words for a statement that the owner would rather have; the sentence it rests on stays what it is. */
export function EditStatement({ primitive, onSave, onCancel }: EditStatementProps) {
  const [text, setText] = useState(primitive.statement);
  const isEmpty = text.trim() === "";

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isEmpty) onSave(text.trim());
  }

  return (
    <form onSubmit={submit} className="grid gap-3">
      <Field label="Statement" hint="In the first person, one thing. Search finds it by these words.">
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoFocus
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={isEmpty || text.trim() === primitive.statement}>
          Keep these words
        </Button>
        <Button look="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
