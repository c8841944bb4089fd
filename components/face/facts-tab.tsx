"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { useUpdateFace } from "@/components/faces/use-faces";
import { useCommands } from "@/components/palette/commands";
import { faceText } from "@/components/strings/face";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { FaceView } from "@/lib/faces/schemas";
import { MadeOf } from "./composite-note";
import { draftOf, type FactsDraft, inputOf, isSame, keepDraft, maxFacts, problemsOf, readDraft } from "./facts-draft";
import { ModelField } from "./model-field";
import { SampleNote } from "./sample-note";

/** What is plainly true of the face, and who speaks as it unless asked otherwise. */
export function FactsTab({ face }: { face: FaceView }) {
  const update = useUpdateFace(face.username);
  const [draft, setDraft] = useState(() => readDraft(face) ?? draftOf(face));
  const isChanged = !isSame(draft, draftOf(face));
  const problems = problemsOf(draft);
  const canSave = isChanged && !update.isPending && Object.keys(problems).length === 0;

  function change(part: Partial<FactsDraft>) {
    const next = { ...draft, ...part };
    setDraft(next);
    keepDraft(face, next);
  }

  function save() {
    if (!canSave) return;
    update.mutate(inputOf(draft), {
      onSuccess: (saved) => {
        keepDraft(saved, draftOf(saved));
        setDraft(draftOf(saved));
        toast(faceText.savedNote);
      },
    });
  }

  useCommands(canSave ? [{ id: "facts.save", label: faceText.save, group: "do", shortcut: "mod+s", run: save }] : []);

  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save();
      }}
      className="grid max-w-160 gap-5"
    >
      {face.is_sample ? <SampleNote face={face} /> : null}
      {face.formula === null ? null : <MadeOf face={face} />}
      <fieldset disabled={face.is_sample || update.isPending} className="grid gap-5">
        <FactsFields draft={draft} problems={problems} onChange={change} />
        <ModelField value={draft.model} onChange={(model) => change({ model })} />
      </fieldset>
      {update.error ? <ApiErrorBlock title={faceText.notSaved} error={update.error} /> : null}
      {face.is_sample ? null : (
        <div className="sticky bottom-0 -mx-2 flex flex-wrap items-center gap-2 bg-bg px-2 py-3">
          <Button type="submit" look="primary" disabled={!canSave}>
            {update.isPending ? faceText.saving : isChanged ? faceText.save : faceText.saved}
          </Button>
          {isChanged ? (
            <>
              <Button look="ghost" onClick={() => change(draftOf(face))}>
                {faceText.undoChanges}
              </Button>
              <span role="status" className="text-1 text-ink-3">
                {faceText.draftKept}
              </span>
            </>
          ) : null}
        </div>
      )}
    </form>
  );
}

/** Four characters are about one token, in English. */
const charactersPerToken = 4;

type FactsFieldsProps = {
  draft: FactsDraft;
  problems: ReturnType<typeof problemsOf>;
  onChange: (part: Partial<FactsDraft>) => void;
};

function FactsFields({ draft, problems, onChange }: FactsFieldsProps) {
  const { length } = draft.facts;
  const size = faceText.factsSize(length, Math.ceil(length / charactersPerToken), maxFacts);
  return (
    <>
      <div className="grid gap-5 mid:grid-cols-2">
        <Field label={faceText.name} error={problems.name}>
          {(control) => (
            <Input {...control} value={draft.name} onChange={(event) => onChange({ name: event.target.value })} />
          )}
        </Field>
        <Field label={faceText.pronouns} optional hint={faceText.pronounsHint} error={problems.pronouns}>
          {(control) => (
            <Input
              {...control}
              value={draft.pronouns}
              placeholder={faceText.pronounsExample}
              onChange={(event) => onChange({ pronouns: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={faceText.aliases} optional hint={faceText.aliasesHint} error={problems.aliases}>
        {(control) => (
          <Input
            {...control}
            value={draft.aliases}
            placeholder={faceText.aliasesExample}
            onChange={(event) => onChange({ aliases: event.target.value })}
          />
        )}
      </Field>
      <Field label={faceText.facts} hint={length > 0 ? size : faceText.factsHint} error={problems.facts}>
        {(control) => (
          <Textarea
            {...control}
            rows={8}
            value={draft.facts}
            onChange={(event) => onChange({ facts: event.target.value })}
            className="text-3 leading-6 wide:text-3"
          />
        )}
      </Field>
    </>
  );
}
