"use client";

import { useState, type FormEvent } from "react";
import { toast } from "sonner";
import { useModels } from "@/components/chat/use-models";
import { useUpdateFace, type FaceInput } from "@/components/faces/use-faces";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { FaceView } from "@/lib/faces/schemas";

type Draft = { name: string; aliases: string; pronouns: string; facts: string; model: string };

const draftOf = (face: FaceView): Draft => ({
  name: face.name ?? "",
  aliases: face.aliases.join(", "),
  pronouns: face.pronouns ?? "",
  facts: face.basic_facts,
  model: face.default_model ?? "",
});

const inputOf = (draft: Draft): FaceInput => ({
  name: draft.name.trim() || null,
  aliases: draft.aliases
    .split(",")
    .map((alias) => alias.trim())
    .filter(Boolean),
  pronouns: draft.pronouns.trim() || null,
  basic_facts: draft.facts,
  default_model: draft.model || null,
});

/** What is plainly true of the face, and who speaks as it unless asked otherwise. */
export function FactsTab({ face }: { face: FaceView }) {
  const update = useUpdateFace(face.username);
  const [draft, setDraft] = useState(() => readDraft(face) ?? draftOf(face));
  const isChanged = JSON.stringify(inputOf(draft)) !== JSON.stringify(inputOf(draftOf(face)));

  function change(part: Partial<Draft>) {
    const next = { ...draft, ...part };
    setDraft(next);
    keepDraft(face, next);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate(inputOf(draft), {
      onSuccess: (saved) => {
        keepDraft(face, null);
        setDraft(draftOf(saved));
        toast("Saved. New conversations use it from now on.");
      },
    });
  }

  return (
    <form onSubmit={submit} className="grid max-w-160 gap-5">
      <fieldset disabled={face.is_sample || update.isPending} className="grid gap-5">
        <div className="grid gap-5 mid:grid-cols-2">
          <Field label="Name">
            {(control) => (
              <Input {...control} value={draft.name} onChange={(event) => change({ name: event.target.value })} />
            )}
          </Field>
          <Field label="Pronouns" optional hint="Helps the compiler to tell who a sentence is about.">
            {(control) => (
              <Input
                {...control}
                value={draft.pronouns}
                placeholder="she/her"
                onChange={(event) => change({ pronouns: event.target.value })}
              />
            )}
          </Field>
        </div>
        <Field
          label="Also called"
          optional
          hint="Nicknames and speaker names, with commas between. Texts by others are read for these."
        >
          {(control) => (
            <Input
              {...control}
              value={draft.aliases}
              placeholder="Ali, A. Brandt"
              onChange={(event) => change({ aliases: event.target.value })}
            />
          )}
        </Field>
        <Field label="Facts" hint="They go into every conversation word for word, before anything compiled.">
          {(control) => (
            <Textarea
              {...control}
              rows={8}
              value={draft.facts}
              onChange={(event) => change({ facts: event.target.value })}
              className="text-3 leading-6 wide:text-3"
            />
          )}
        </Field>
        <ModelField value={draft.model} onChange={(model) => change({ model })} />
      </fieldset>
      {update.error ? (
        <ApiErrorBlock title="The facts were not saved. Your text is kept." error={update.error} />
      ) : null}
      {face.is_sample ? (
        <p className="text-2 text-ink-3">The sample face belongs to nobody, so nobody can change it.</p>
      ) : (
        <div className="flex gap-2">
          <Button type="submit" look="primary" disabled={!isChanged || update.isPending}>
            {update.isPending ? "Saving…" : isChanged ? "Save the changes" : "Saved"}
          </Button>
          {isChanged ? (
            <Button look="ghost" onClick={() => change(draftOf(face))}>
              Undo the changes
            </Button>
          ) : null}
        </div>
      )}
    </form>
  );
}

function ModelField({ value, onChange }: { value: string; onChange: (model: string) => void }) {
  const models = useModels();
  const all = models.data ?? [];
  const standard = all.find((model) => model.is_default)?.id;
  return (
    <Field label="Who speaks as this face" hint="Clients can choose another with face@model.">
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">The installation’s default{standard ? `, now ${standard}` : ""}</option>
          {value && models.data && !all.some((model) => model.id === value) ? (
            <option value={value}>{value} (not served here now)</option>
          ) : null}
          {all.map((model) => (
            <option key={model.id} value={model.id}>
              {model.is_language_model ? model.id : `${model.id} (quotes, no language model)`}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

const draftKey = (face: FaceView): string => `faces.draft.facts.${face.id}`;

function readDraft(face: FaceView): Draft | null {
  try {
    const stored = localStorage.getItem(draftKey(face));
    return stored ? { ...draftOf(face), ...(JSON.parse(stored) as Partial<Draft>) } : null;
  } catch {
    return null;
  }
}

function keepDraft(face: FaceView, draft: Draft | null): void {
  try {
    if (draft === null || JSON.stringify(draft) === JSON.stringify(draftOf(face)))
      localStorage.removeItem(draftKey(face));
    else localStorage.setItem(draftKey(face), JSON.stringify(draft));
  } catch {
    // Storage is switched off: the draft lives as long as the page.
  }
}
