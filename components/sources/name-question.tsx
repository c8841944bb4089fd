"use client";

import { useState, type FormEvent } from "react";
import { useUpdateFace } from "@/components/faces/use-faces";
import { sourcesText } from "@/components/strings/sources";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FaceView } from "@/lib/faces/schemas";

/**
 * A text about somebody says "she" and a surname: without the face's name and pronouns the compiler cannot tell who is
 * meant, and holds back. Asked once, before such a text is added.
 */
export function NameQuestion({ face }: { face: FaceView }) {
  const update = useUpdateFace(face.username);
  const [name, setName] = useState("");
  const [pronouns, setPronouns] = useState("");
  const needsName = face.name === null;
  const needsPronouns = face.pronouns === null;
  if (!needsName && !needsPronouns) return null;

  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate({
      ...(needsName && name.trim() ? { name: name.trim() } : {}),
      ...(needsPronouns && pronouns.trim() ? { pronouns: pronouns.trim() } : {}),
    });
  }

  return (
    <form onSubmit={submit} className="grid gap-3 rounded-3 border border-line bg-sunk p-4">
      <p className="text-2 text-ink-2">{sourcesText.nameQuestion(face.name ?? sourcesText.thisPerson)}</p>
      <div className="flex flex-wrap items-end gap-3">
        {needsName ? (
          <Field label={sourcesText.name} className="min-w-45 flex-1">
            {(control) => (
              <Input {...control} value={name} onChange={(event) => setName(event.target.value)} autoComplete="off" />
            )}
          </Field>
        ) : null}
        {needsPronouns ? (
          <Field label={sourcesText.pronouns} className="w-32">
            {(control) => (
              <Input
                {...control}
                value={pronouns}
                placeholder={sourcesText.pronounsExample}
                onChange={(event) => setPronouns(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        <Button
          type="submit"
          disabled={update.isPending || ((!needsName || !name.trim()) && (!needsPronouns || !pronouns.trim()))}
        >
          {sourcesText.keep}
        </Button>
      </div>
      {update.error ? <ApiErrorBlock title={sourcesText.notKept} error={update.error} /> : null}
    </form>
  );
}
