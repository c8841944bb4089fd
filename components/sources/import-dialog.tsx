"use client";

import { useState, type FormEvent } from "react";
import { toast } from "sonner";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FaceView } from "@/lib/faces/schemas";
import { fieldsOf, noteOf, sourceKinds, type SourceKind } from "./source-kind";
import { Segmented } from "@/components/ui/segmented";
import { useImportUrl } from "./use-documents";

type ImportDialogProps = { face: FaceView; kind: SourceKind; open: boolean; onOpenChange: (open: boolean) => void };

/** A text from the web: a page, or the captions of a YouTube video. */
export function ImportDialog({ face, kind, open, onOpenChange }: ImportDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Import from a link"
      description="The text of a web page, a PDF or a text file behind a link, or the captions of a YouTube video."
    >
      <ImportForm face={face} kind={kind} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function ImportForm({ face, kind: firstKind, onDone }: { face: FaceView; kind: SourceKind; onDone: () => void }) {
  const importUrl = useImportUrl(face.username);
  const [kind, setKind] = useState(firstKind);
  const [url, setUrl] = useState("");
  const [speaker, setSpeaker] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    importUrl.mutate(
      { url: url.trim(), ...fieldsOf(kind, speaker) },
      {
        onSuccess: (document) => {
          toast(`${document.label} is here. It waits to be synced.`);
          onDone();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label="Link">
        {(control) => (
          <Input
            {...control}
            type="url"
            required
            placeholder="https://"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            autoFocus
          />
        )}
      </Field>
      <div className="grid gap-1.5">
        <Segmented
          label="What is the text"
          value={kind}
          onChange={setKind}
          segments={sourceKinds}
          className="justify-self-start"
        />
        <p className="text-1 text-ink-3">{noteOf(kind)}</p>
      </div>
      {kind === "thread" ? (
        <Field label="The name the face has in it" optional>
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
      {importUrl.error ? <ApiErrorBlock title="Nothing was imported" error={importUrl.error} /> : null}
      <DialogActions>
        <Button type="submit" look="primary" disabled={url.trim() === "" || importUrl.isPending}>
          {importUrl.isPending ? "Fetching…" : "Import this page"}
        </Button>
        <Button look="ghost" onClick={onDone}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  );
}
