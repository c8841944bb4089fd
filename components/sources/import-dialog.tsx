"use client";

import { useEffect, useRef, useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { sourcesText } from "@/components/strings/sources";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { StatusLine } from "@/components/ui/status-line";
import { useDraft } from "@/components/ui/use-draft";
import type { FaceView } from "@/lib/faces/schemas";
import { fieldsOf, noteOf, sourceKinds, type SourceKind } from "./source-kind";
import { useImportUrl } from "./use-documents";

type ImportDialogProps = { face: FaceView; kind: SourceKind; open: boolean; onOpenChange: (open: boolean) => void };

/** A text from the web: a page, or the captions of a YouTube video. */
export function ImportDialog({ face, kind, open, onOpenChange }: ImportDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={sourcesText.importTitle}
      description={sourcesText.importNote}
    >
      <ImportForm face={face} kind={kind} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function ImportForm({ face, kind: firstKind, onDone }: { face: FaceView; kind: SourceKind; onDone: () => void }) {
  const importUrl = useImportUrl(face.username);
  const [kind, setKind] = useState(firstKind);
  const [url, setUrl, clearUrl] = useDraft(`link.${face.id}`);
  const [speaker, setSpeaker] = useState("");
  const running = useRef<AbortController>(null);
  const isAborted = importUrl.error instanceof DOMException;
  // whoever closes the dialog does not want the page any more
  useEffect(() => () => running.current?.abort(), []);

  function submit(event: FormEvent) {
    event.preventDefault();
    running.current = new AbortController();
    importUrl.mutate(
      { url: address(url), ...fieldsOf(kind, speaker), signal: running.current.signal },
      {
        onSuccess: (document) => {
          clearUrl();
          toast(sourcesText.added(document.label));
          onDone();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={sourcesText.link}>
        {(control) => (
          <Input
            {...control}
            inputMode="url"
            required
            placeholder={sourcesText.linkPlaceholder}
            value={url}
            disabled={importUrl.isPending}
            onChange={(event) => setUrl(event.target.value)}
            autoFocus
          />
        )}
      </Field>
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
      {importUrl.isPending ? <FetchingLine host={hostOf(url)} /> : null}
      {importUrl.error && !isAborted ? <ApiErrorBlock title={sourcesText.notImported} error={importUrl.error} /> : null}
      <DialogActions>
        <Button type="submit" look="primary" disabled={url.trim() === "" || importUrl.isPending}>
          {importUrl.isPending ? sourcesText.fetching : isVideo(url) ? sourcesText.importVideo : sourcesText.importThis}
        </Button>
        {importUrl.isPending ? (
          <Button onClick={() => running.current?.abort()}>{sourcesText.stopFetching}</Button>
        ) : (
          <Button look="ghost" onClick={onDone}>
            {sourcesText.cancel}
          </Button>
        )}
      </DialogActions>
    </form>
  );
}

/** How long it has taken: what is fetched tells no length beforehand. */
function FetchingLine({ host }: { host: string }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <StatusLine tone="running" className="whitespace-normal">
      {sourcesText.fetchingPage(host, seconds)}
    </StatusLine>
  );
}

/** People leave out what a browser's address bar leaves out. */
const address = (text: string): string => (/^\w+:\/\//.test(text.trim()) ? text.trim() : `https://${text.trim()}`);

function hostOf(text: string): string {
  try {
    return new URL(address(text)).host;
  } catch {
    return text;
  }
}

const isVideo = (text: string): boolean => /(?:^|\.)(?:youtube\.com|youtu\.be)$/.test(hostOf(text));
