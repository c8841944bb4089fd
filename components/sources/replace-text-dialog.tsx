"use client";

import { useRef, useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { sourcesText } from "@/components/strings/sources";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { useDraft } from "@/components/ui/use-draft";
import type { DocumentView, DocumentWithContent } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { useDocument, useUpdateDocument } from "./use-documents";

type ReplaceTextDialogProps = { face: FaceView; document: DocumentView; onClose: () => void };

/** Other words for a text: its next version. */
export function ReplaceTextDialog({ face, document, onClose }: ReplaceTextDialogProps) {
  const stored = useDocument(face.username, document.id);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={sourcesText.replaceTitle(document.label)}
      description={sourcesText.replaceNote}
      className="max-w-160"
    >
      {stored.error ? (
        <ApiErrorBlock title={sourcesText.textUnloaded} error={stored.error} onRetry={() => void stored.refetch()} />
      ) : stored.data ? (
        <ReplaceTextForm face={face} document={stored.data} onClose={onClose} />
      ) : (
        <div role="status" aria-label={sourcesText.loadingText} className="grid h-60 content-start gap-3">
          <Skeleton />
          <Skeleton />
          <Skeleton className="w-2/3" />
        </div>
      )}
    </Dialog>
  );
}

type ReplaceTextFormProps = { face: FaceView; document: DocumentWithContent; onClose: () => void };

function ReplaceTextForm({ face, document, onClose }: ReplaceTextFormProps) {
  const update = useUpdateDocument(face.username);
  const [content, setContent, clear] = useDraft(`replace.${document.id}.${document.version}`, document.content);
  const [refusal, setRefusal] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const isChanged = content !== document.content && content.trim() !== "";

  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate(
      { id: document.id, content },
      {
        onSuccess: ({ label, version }) => {
          clear();
          toast(sourcesText.replaced(label, version));
          onClose();
        },
      },
    );
  }

  async function take(file: File | undefined) {
    if (file === undefined) return;
    const text = await file.text().catch(() => null);
    // what is no text decodes to what no text holds
    const isText = text !== null && !/[\0\uFFFD]/.test(text);
    setRefusal(isText ? null : text === null ? sourcesText.dropUnread : sourcesText.notTextFile(file.name));
    if (isText) setContent(text);
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={sourcesText.newText} hint={sourcesText.textHint} error={refusal}>
        {(control) => (
          <Textarea
            {...control}
            rows={12}
            value={content}
            onChange={(event) => setContent(event.target.value)}
            className="quote wide:text-3"
            autoFocus
          />
        )}
      </Field>
      <input
        ref={picker}
        type="file"
        accept="text/*,.md,.txt"
        hidden
        aria-label={sourcesText.fromFile}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          // the same file chosen again is a change again
          event.target.value = "";
        }}
      />
      {update.error ? <ApiErrorBlock title={sourcesText.notReplaced} error={update.error} /> : null}
      <DialogActions>
        <Button type="submit" look="primary" disabled={!isChanged || update.isPending}>
          {update.isPending
            ? sourcesText.saving
            : isChanged
              ? sourcesText.saveVersion(document.version + 1)
              : sourcesText.noChange}
        </Button>
        <Button onClick={() => picker.current?.click()}>{sourcesText.fromFile}</Button>
        <Button look="ghost" onClick={onClose}>
          {sourcesText.cancel}
        </Button>
      </DialogActions>
    </form>
  );
}
