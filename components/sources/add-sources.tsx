"use client";

import { ClipboardPaste, Link2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import type { FaceView } from "@/lib/faces/schemas";
import { DropZone } from "./drop-zone";
import { ImportDialog } from "./import-dialog";
import { NameQuestion } from "./name-question";
import { PasteTextDialog } from "./paste-text-dialog";
import { fieldsOf, noteOf, sourceKinds, type SourceKind } from "./source-kind";
import { SpeakerDialog } from "./speaker-dialog";
import { UploadList } from "./upload-list";
import type { Upload, useUploads } from "./use-uploads";

type AddSourcesProps = { face: FaceView; uploading: ReturnType<typeof useUploads> };

/** Ways in for texts: say what they are, then drop, choose or paste. */
export function AddSources({ face, uploading: { uploads, add, retry, cancel } }: AddSourcesProps) {
  const [kind, setKind] = useState<SourceKind>("own");
  const [speaker, setSpeaker] = useState("");
  const [isPasting, setIsPasting] = useState(false);
  const [isImporting, setIsImporting] = useState(false);
  const [unspoken, setUnspoken] = useState<Upload | null>(null);

  return (
    <section aria-label="Add texts" className="grid gap-3">
      <div className="grid gap-1.5">
        <Segmented
          label="What are the texts"
          value={kind}
          onChange={setKind}
          segments={sourceKinds}
          className="justify-self-start"
        />
        <p className="text-1 text-ink-3">{noteOf(kind)}</p>
      </div>
      {kind === "thread" ? (
        <label className="grid max-w-80 gap-1 text-2 font-strong">
          The name the face has in it
          <Input
            value={speaker}
            onChange={(event) => setSpeaker(event.target.value)}
            placeholder={face.name ?? face.username}
          />
        </label>
      ) : null}
      {kind === "about" ? <NameQuestion face={face} /> : null}
      <DropZone onFiles={(files) => add(files, fieldsOf(kind, speaker))} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setIsPasting(true)}>
          <ClipboardPaste size={16} strokeWidth={1.75} aria-hidden />
          Paste text
        </Button>
        <Button onClick={() => setIsImporting(true)}>
          <Link2 size={16} strokeWidth={1.75} aria-hidden />
          Import from a link
        </Button>
      </div>
      <UploadList uploads={uploads} onCancel={cancel} onRetry={retry} onChooseSpeaker={setUnspoken} />
      <PasteTextDialog face={face} open={isPasting} onOpenChange={setIsPasting} kind={kind} speaker={speaker} />
      <ImportDialog face={face} open={isImporting} onOpenChange={setIsImporting} kind={kind} />
      <SpeakerDialog
        face={face}
        file={unspoken?.file ?? null}
        onClose={() => setUnspoken(null)}
        onChoose={(name) => {
          if (unspoken) retry({ ...unspoken, fields: { ...unspoken.fields, type: "thread", face_speaker: name } });
          setUnspoken(null);
        }}
      />
    </section>
  );
}
