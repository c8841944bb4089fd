"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useRef, useState, type FormEvent } from "react";
import { newFaceText as text } from "@/components/strings/faces";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { ApiError } from "@/lib/http/fetch-json";
import { FormulaEditor } from "./formula-editor";
import { ModelSelect } from "./model-select";
import type { Way } from "./new-face-ways";
import { useFormula } from "./use-formula";
import { useCreateFace, useFaces } from "./use-faces";
import { useNewFaceDraft } from "./use-new-face-draft";
import { freeUsername, toUsername, usernameProblem } from "./username";
import { UsernameField } from "./username-field";

/** The fields of a new face. Enter creates it; what is wrong is focused instead. */
export function NewFaceForm({ way, onClose }: { way: Exclude<Way, "card">; onClose: () => void }) {
  const router = useRouter();
  const create = useCreateFace();
  const { draft, isKept, change, clear } = useNewFaceDraft();
  const [wasKept] = useState(isKept);
  const [isChecked, setIsChecked] = useState(false);
  const taken = new Set((useFaces().data ?? []).flatMap((face) => (face.is_sample ? [] : [face.username])));
  const username = draft.username ?? freeUsername(toUsername(draft.name), taken);
  const formula = useFormula(way === "compose" ? draft.formula : "", null);
  const usernameInput = useRef<HTMLInputElement>(null);
  const formulaInput = useRef<HTMLInputElement>(null);
  const isUsernameRefused = create.error instanceof ApiError && create.error.param === "username";

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsChecked(true);
    if (usernameProblem(username, taken)) return usernameInput.current?.focus();
    if (way === "compose" && formula.problem !== null) return formulaInput.current?.focus();
    create.mutate(
      {
        username,
        basic_facts: draft.facts,
        name: draft.name.trim() || null,
        pronouns: draft.pronouns.trim() || null,
        default_model: draft.model || null,
        ...(way === "compose" ? { formula: draft.formula } : {}),
      },
      {
        onSuccess: (face) => {
          clear();
          // going back must not open the dialog again
          onClose();
          router.push(`/faces/${face.username}?tab=${way === "compose" ? "primitives" : "sources"}`);
        },
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <div className="grid gap-4 mid:grid-cols-2">
        <Field label={text.name} optional>
          {(control) => (
            <Input
              {...control}
              value={draft.name}
              maxLength={100}
              onChange={(event) => change({ name: event.target.value })}
              autoFocus
              autoComplete="off"
            />
          )}
        </Field>
        <UsernameField
          username={username}
          taken={taken}
          isChecked={isChecked || draft.username !== null}
          refusal={isUsernameRefused ? (create.error?.message ?? null) : null}
          inputRef={usernameInput}
          onChange={(value) => change({ username: value })}
        />
      </div>
      {way === "compose" ? (
        <FormulaEditor
          value={draft.formula}
          onChange={(value) => change({ formula: value })}
          formula={formula}
          isChecked={isChecked}
          inputRef={formulaInput}
        />
      ) : null}
      <Field label={text.facts} optional hint={text.factsHint}>
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            value={draft.facts}
            onChange={(event) => change({ facts: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 mid:grid-cols-2">
        <Field label={text.pronouns} optional hint={text.pronounsHint}>
          {(control) => (
            <Input
              {...control}
              value={draft.pronouns}
              maxLength={40}
              placeholder={text.pronounsExample}
              onChange={(event) => change({ pronouns: event.target.value })}
            />
          )}
        </Field>
        <ModelSelect value={draft.model} onChange={(model) => change({ model })} />
      </div>
      {create.error && !isUsernameRefused ? <CreateProblem error={create.error} /> : null}
      <DialogActions>
        <Button type="submit" look="primary" disabled={create.isPending}>
          {create.isPending ? text.creating : text.create(username)}
        </Button>
        {wasKept && isKept ? (
          <Button look="ghost" onClick={clear}>
            {text.startOver}
          </Button>
        ) : (
          <Button look="ghost" onClick={onClose}>
            {text.cancel}
          </Button>
        )}
      </DialogActions>
    </form>
  );
}

/** Where the plan has no room, the plans are the way out. */
export function CreateProblem({ error }: { error: Error }) {
  const isFull = error instanceof ApiError && error.code === "plan_limit";
  return (
    <ApiErrorBlock
      title={isFull ? text.planFull : text.failed}
      error={error}
      actions={
        isFull ? (
          <Button asChild>
            <Link href="/usage#plans">{text.planWays}</Link>
          </Button>
        ) : null
      }
    />
  );
}
