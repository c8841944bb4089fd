"use client";

import { useFaces } from "@/components/faces/use-faces";
import { useModels } from "@/components/chat/use-models";
import { keysText } from "@/components/strings/keys";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { useNow } from "@/components/ui/use-now";
import { formatDay } from "@/lib/format";
import { daysOf, type KeyDraft, type KeyProblems } from "./key-draft";
import { PickList } from "./pick-list";
import { ScopeList } from "./scope-list";

type KeyFieldsProps = {
  draft: KeyDraft;
  problems: KeyProblems;
  onChange: (changes: Partial<KeyDraft>) => void;
  /** the end that the key has already */
  endsAt?: string | null | undefined;
};

/** All that can be said of a key: its name and budget first, what few need behind one line. */
export function KeyFields({ draft, problems, onChange, endsAt }: KeyFieldsProps) {
  const isLimited = draft.faces !== null || draft.models !== null || draft.hosts.trim() !== "";
  return (
    <>
      <Field label={keysText.name} hint={keysText.nameHint} error={problems.name}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value })}
            placeholder={keysText.namePlaceholder}
            autoFocus
            autoComplete="off"
            maxLength={200}
          />
        )}
      </Field>
      <div className="grid gap-4 mid:grid-cols-2">
        <Field label={keysText.budget} optional hint={keysText.budgetHint} error={problems.budget}>
          {(control) => (
            <Input
              {...control}
              value={draft.budget}
              onChange={(event) => onChange({ budget: event.target.value })}
              inputMode="decimal"
              placeholder={keysText.noCap}
              autoComplete="off"
              className="num"
            />
          )}
        </Field>
        <EndFields draft={draft} problems={problems} onChange={onChange} endsAt={endsAt} />
      </div>
      <ScopeList picked={draft.scopes} onChange={(scopes) => onChange({ scopes })} error={problems.scopes} />
      <details open={isLimited} className="group rounded-2 border border-line">
        <summary className="px-3 py-2 text-2 font-strong">{keysText.limits}</summary>
        <div className="grid gap-4 border-t border-line p-3">
          <LimitFields draft={draft} problems={problems} onChange={onChange} />
        </div>
      </details>
    </>
  );
}

const usualDays = [30, 90, 365];

function EndFields({ draft, problems, onChange, endsAt }: KeyFieldsProps) {
  const now = useNow();
  const days = daysOf(draft);
  const day = days && now ? formatDay(new Date(now + days * 86_400_000).toISOString()) : null;
  return (
    <div className="grid content-start gap-2">
      <Field label={keysText.ends} hint={day && draft.ends !== "own" ? keysText.endsHint(day) : null}>
        {(control) => (
          <Select {...control} value={draft.ends} onChange={(event) => onChange({ ends: event.target.value })}>
            {endsAt ? <option value="keep">{keysText.endsKeep(formatDay(endsAt))}</option> : null}
            <option value="">{keysText.endsNever}</option>
            {usualDays.map((each) => (
              <option key={each} value={each}>
                {keysText.endsDays(each)}
              </option>
            ))}
            <option value="own">{keysText.endsOwn}</option>
          </Select>
        )}
      </Field>
      {draft.ends === "own" ? (
        <Field
          label={keysText.endsOwnLabel}
          hint={day ? keysText.endsHint(day) : null}
          error={draft.ownDays === "" ? null : problems.ownDays}
        >
          {(control) => (
            <Input
              {...control}
              value={draft.ownDays}
              onChange={(event) => onChange({ ownDays: event.target.value })}
              inputMode="numeric"
              autoComplete="off"
              className="num"
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}

function LimitFields({ draft, problems, onChange }: KeyFieldsProps) {
  const faces = useFaces();
  const models = useModels();
  const faceChoices = (faces.data ?? []).map(({ id, username, name }) => ({
    value: id,
    label: username,
    note: name ?? undefined,
  }));
  const modelChoices = (models.data ?? []).map(({ id, owned_by }) => ({
    value: id,
    label: id,
    note: owned_by ?? undefined,
  }));
  return (
    <>
      <PickList
        label={keysText.faces}
        everyLabel={keysText.every}
        filterLabel={keysText.filterFaces}
        choices={withMissing(faceChoices, draft.faces, keysText.missingFace)}
        picked={draft.faces}
        onChange={(picked) => onChange({ faces: picked })}
        error={problems.faces}
      />
      <PickList
        label={keysText.models}
        everyLabel={keysText.everyModel}
        filterLabel={keysText.filterModels}
        choices={withMissing(modelChoices, draft.models)}
        picked={draft.models}
        onChange={(picked) => onChange({ models: picked })}
        error={problems.models}
      />
      <Field label={keysText.hosts} optional hint={keysText.hostsHint} error={problems.hosts}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            value={draft.hosts}
            onChange={(event) => onChange({ hosts: event.target.value })}
            placeholder={keysText.hostsPlaceholder}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
    </>
  );
}

/** What is picked stays to be seen, also when it is there no more. */
function withMissing(
  choices: { value: string; label: string; note?: string | undefined }[],
  picked: string[] | null,
  note?: string,
) {
  const known = new Set(choices.flatMap(({ value, label }) => [value, label]));
  const missing = (picked ?? []).filter((value) => !known.has(value));
  return [...choices, ...missing.map((value) => ({ value, label: value, note }))];
}
