"use client";

import { portraitsText } from "@/components/strings/portraits";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

export type ConsentHow = keyof typeof portraitsText.statements;
export type Noun = keyof typeof portraitsText.nouns;
export type ConsentDraft = { who: string; how: ConsentHow; noun: Noun; isGiven: boolean };

const hows = Object.keys(portraitsText.hows) as ConsentHow[];
const nouns = Object.keys(portraitsText.nouns) as Noun[];

/** The sentence that is confirmed, and kept word by word. */
export const statementOf = ({ who, how }: Pick<ConsentDraft, "who" | "how">): string =>
  portraitsText.statements[how](who.trim() || portraitsText.somebody);

type ConsentFieldsProps = {
  draft: ConsentDraft;
  onChange: (change: Partial<ConsentDraft>) => void;
  /** what is missing is said once somebody wants to go on */
  isAsked: boolean;
};

/** Who is in the photos, and who says that they agree. */
export function ConsentFields({ draft, onChange, isAsked }: ConsentFieldsProps) {
  const nameError = isAsked && draft.who.trim() === "" ? portraitsText.nameMissing : null;
  const isUnconfirmed = isAsked && !draft.isGiven;
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 font-strong">{portraitsText.consent}</legend>
      <div className="grid gap-3 mid:grid-cols-2">
        <Field label={portraitsText.whoIsIt} error={nameError}>
          {(control) => (
            <Input
              {...control}
              value={draft.who}
              maxLength={120}
              autoComplete="off"
              placeholder={portraitsText.whoExample}
              onChange={(event) => onChange({ who: event.target.value })}
            />
          )}
        </Field>
        <Field label={portraitsText.howAgreed}>
          {(control) => (
            <Select
              {...control}
              value={draft.how}
              // a confirmed sentence that changes is another sentence
              onChange={(event) => onChange({ how: event.target.value as ConsentHow, isGiven: false })}
            >
              {hows.map((how) => (
                <option key={how} value={how}>
                  {portraitsText.hows[how]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={portraitsText.whatTheyAre} hint={portraitsText.nounHint}>
          {(control) => (
            <Select
              {...control}
              value={draft.noun}
              onChange={(event) => onChange({ noun: event.target.value as Noun })}
            >
              {nouns.map((noun) => (
                <option key={noun} value={noun}>
                  {portraitsText.nouns[noun]}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <label className="flex items-start gap-2 text-2">
        <input
          type="checkbox"
          checked={draft.isGiven}
          aria-invalid={isUnconfirmed || undefined}
          aria-describedby={isUnconfirmed ? "consent-missing" : undefined}
          onChange={(event) => onChange({ isGiven: event.target.checked })}
          className="mt-0.5 size-4 shrink-0 accent-(--accent)"
        />
        <span>{statementOf(draft)}</span>
      </label>
      {isUnconfirmed ? (
        <p id="consent-missing" role="alert" className="text-1 text-danger">
          {portraitsText.consentMissing}
        </p>
      ) : null}
    </fieldset>
  );
}
