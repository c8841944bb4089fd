"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { embedText, visitorText } from "@/components/strings/embed";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Meter } from "@/components/ui/meter";
import type { EmbedView } from "@/lib/embed/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { changeOf, draftOf, keepDraft, readDraft, type EmbedDraft } from "./embed-draft";
import { SettingRow } from "./setting-row";
import { useSaveEmbed } from "./use-embed";

type EmbedWordsProps = { face: FaceView; embed: EmbedView; onReset: () => void };

/** Limits and texts, saved together; what is typed survives a reload. */
export function EmbedWords({ face, embed, onReset }: EmbedWordsProps) {
  const save = useSaveEmbed(face.username);
  const [draft, setDraft] = useState(() => readDraft(embed) ?? draftOf(embed));
  const { change, problems } = changeOf(draft);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(embed));

  function edit(part: Partial<EmbedDraft>) {
    const next = { ...draft, ...part };
    setDraft(next);
    keepDraft(embed, next);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (change === null) return;
    save.mutate(change, {
      onSuccess: (saved) => {
        setDraft(draftOf(saved));
        keepDraft(saved, null);
        toast(embedText.savedToast);
      },
    });
  }

  return (
    <form onSubmit={submit} noValidate className="border-b border-line pb-6">
      <SettingRow title={embedText.limits}>
        <Limits embed={embed} draft={draft} problems={problems} onEdit={edit} onReset={onReset} />
      </SettingRow>
      <SettingRow title={embedText.words} hasLine={false}>
        <Words face={face} draft={draft} onEdit={edit} />
      </SettingRow>
      {save.error ? <ApiErrorBlock title={embedText.saveFailed} error={save.error} className="mb-4" /> : null}
      <div className="flex flex-wrap gap-2 mid:pl-40">
        <Button type="submit" look="primary" disabled={!isChanged || change === null || save.isPending}>
          {save.isPending ? embedText.saving : isChanged ? embedText.save : embedText.saved}
        </Button>
        {isChanged ? (
          <Button look="ghost" onClick={() => edit(draftOf(embed))}>
            {embedText.undo}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

type PartProps = { draft: EmbedDraft; onEdit: (part: Partial<EmbedDraft>) => void };
type LimitsProps = PartProps & {
  embed: EmbedView;
  problems: { perDay: string | null; budget: string | null };
  onReset: () => void;
};

function Limits({ embed, draft, problems, onEdit, onReset }: LimitsProps) {
  const isOut = embed.spent_usd > 0 && embed.spent_usd >= embed.budget_usd;
  return (
    <>
      <Field label={embedText.perVisitor} hint={embedText.perVisitorHint} error={problems.perDay}>
        {(control) => (
          <Input
            {...control}
            value={draft.perDay}
            inputMode="numeric"
            onChange={(event) => onEdit({ perDay: event.target.value })}
            className="num max-w-24"
          />
        )}
      </Field>
      <Field label={embedText.budget} hint={embedText.budgetHint} error={problems.budget}>
        {(control) => (
          <Input
            {...control}
            value={draft.budget}
            inputMode="decimal"
            onChange={(event) => onEdit({ budget: event.target.value })}
            className="num max-w-32"
          />
        )}
      </Field>
      <div className="grid gap-2">
        <Meter value={embed.spent_usd} max={embed.budget_usd} label={embedText.budgetMeter} />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-1 text-ink-3">
          <span className="num">{embedText.spent(embed.spent_usd, embed.budget_usd, embed.answers)}</span>
          {isOut ? <span className="text-danger">{embedText.spentOut}</span> : null}
          {embed.spent_usd > 0 ? (
            <button type="button" onClick={onReset} className="link min-h-6">
              {embedText.resetSpent}
            </button>
          ) : null}
        </div>
      </div>
    </>
  );
}

function Words({ face, draft, onEdit }: PartProps & { face: FaceView }) {
  return (
    <>
      <Field label={embedText.greeting} hint={embedText.greetingHint}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={500}
            value={draft.greeting}
            placeholder={visitorText.opening(face.name ?? face.username)}
            onChange={(event) => onEdit({ greeting: event.target.value })}
          />
        )}
      </Field>
      <Field label={embedText.suggestions} hint={embedText.suggestionsHint}>
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            value={draft.suggestions}
            onChange={(event) => onEdit({ suggestions: event.target.value })}
          />
        )}
      </Field>
      <Field label={embedText.disclosure} hint={embedText.disclosureHint}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={300}
            value={draft.disclosure}
            onChange={(event) => onEdit({ disclosure: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
