"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { sourcesText } from "@/components/strings/sources";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { useDraft } from "@/components/ui/use-draft";
import type { FaceView } from "@/lib/faces/schemas";
import { fieldsOf, noteOf, sourceKinds, type SourceKind } from "./source-kind";
import { useAddText } from "./use-documents";

type PasteTextDialogProps = {
  face: FaceView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  kind: SourceKind;
  speaker: string;
};

export function PasteTextDialog({ open, onOpenChange, ...props }: PasteTextDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={sourcesText.pasteTitle} className="max-w-160">
      <PasteTextForm {...props} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

type PasteTextFormProps = { face: FaceView; kind: SourceKind; speaker: string; onDone: () => void };

function PasteTextForm({ face, kind: firstKind, speaker: firstSpeaker, onDone }: PasteTextFormProps) {
  const addText = useAddText(face.username);
  const [kind, setKind] = useState(firstKind);
  const [speaker, setSpeaker] = useState(firstSpeaker);
  const [label, setLabel, clearLabel] = useDraft(`paste-title.${face.id}`);
  const [content, setContent, clearContent] = useDraft(`paste.${face.id}`);

  const words = content.trim() === "" ? 0 : content.trim().split(/\s+/).length;

  function submit(event: FormEvent) {
    event.preventDefault();
    addText.mutate(
      { content, label: label.trim() || firstWords(content), ...fieldsOf(kind, speaker) },
      {
        onSuccess: (document) => {
          clearContent();
          clearLabel();
          toast(sourcesText.added(document.label));
          onDone();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <div className="grid gap-1.5">
        <Segmented
          label={sourcesText.whatIsIt}
          value={kind}
          onChange={setKind}
          segments={sourceKinds}
          className="justify-self-start"
        />
        <p className="text-1 text-ink-3">{noteOf(kind)}</p>
      </div>
      {kind === "thread" ? (
        <Field label={sourcesText.speakerName} optional>
          {(control) => (
            <Input
              {...control}
              value={speaker}
              onChange={(event) => setSpeaker(event.target.value)}
              placeholder={face.name ?? face.username}
            />
          )}
        </Field>
      ) : null}
      <Field label={sourcesText.text} hint={words > 0 ? sourcesText.pasteSize(words) : sourcesText.textHint}>
        {(control) => (
          <Textarea
            {...control}
            rows={10}
            value={content}
            onChange={(event) => setContent(event.target.value)}
            className="quote wide:text-3"
            autoFocus
          />
        )}
      </Field>
      <Field label={sourcesText.title} optional>
        {(control) => (
          <Input
            {...control}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
            placeholder={firstWords(content)}
          />
        )}
      </Field>
      {addText.error ? <ApiErrorBlock title={sourcesText.notAdded} error={addText.error} /> : null}
      <DialogActions>
        <Button type="submit" look="primary" disabled={content.trim() === "" || addText.isPending}>
          {addText.isPending ? sourcesText.adding : sourcesText.addThis}
        </Button>
        <Button look="ghost" onClick={onDone}>
          {sourcesText.cancel}
        </Button>
      </DialogActions>
    </form>
  );
}

/** A title for a text without one: how it begins. */
function firstWords(text: string): string {
  const words = text.trim().split(/\s+/).slice(0, 6).join(" ").slice(0, 60);
  return words === "" ? sourcesText.untitled : words;
}
