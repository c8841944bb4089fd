"use client";

import { ClipboardPaste, Link2, Mic } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { sourcesText } from "@/components/strings/sources";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import type { FaceView } from "@/lib/faces/schemas";
import { DropZone } from "./drop-zone";
import { NameQuestion } from "./name-question";
import { PageDrop } from "./page-drop";
import { fieldsOf, noteOf, sourceKinds, type SourceKind } from "./source-kind";
import { UploadList } from "./upload-list";
import type { Upload } from "./upload-queue";
import { type Uploading, useUploadLimits } from "./use-uploads";

const PasteTextDialog = dynamic(() => import("./paste-text-dialog").then((module) => module.PasteTextDialog), {
  ssr: false,
});
const ImportDialog = dynamic(() => import("./import-dialog").then((module) => module.ImportDialog), { ssr: false });
const RecorderDialog = dynamic(() => import("./recorder-dialog").then((module) => module.RecorderDialog), {
  ssr: false,
});
const SpeakerDialog = dynamic(() => import("./speaker-dialog").then((module) => module.SpeakerDialog), { ssr: false });

export type WayIn = "paste" | "link" | "record";

type AddSourcesProps = {
  face: FaceView;
  uploading: Uploading;
  /** a text waits of which it is unclear whom it means */
  asksName: boolean;
  way: WayIn | null;
  onWay: (way: WayIn | null) => void;
};

/** Ways in for texts: drop, choose, paste, fetch or record them. */
export function AddSources({
  face,
  uploading: { uploads, add, retry, cancel },
  asksName,
  way,
  onWay,
}: AddSourcesProps) {
  const limits = useUploadLimits(face.username).data;
  const [kind, setKind] = useState<SourceKind>("own");
  const [speaker, setSpeaker] = useState("");
  const [unspoken, setUnspoken] = useState<Upload | null>(null);
  const addFiles = (files: File[]) => add(files, fieldsOf(kind, speaker));
  const close = (isOpen: boolean) => (isOpen ? undefined : onWay(null));

  return (
    <section aria-label={sourcesText.addTexts} className="grid gap-3">
      <DropZone limits={limits} onFiles={addFiles} />
      <PageDrop name={face.name ?? face.username} onFiles={addFiles} />
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => onWay("paste")}>
          <ClipboardPaste size={16} strokeWidth={1.75} aria-hidden />
          {sourcesText.paste}
        </Button>
        <Button onClick={() => onWay("link")}>
          <Link2 size={16} strokeWidth={1.75} aria-hidden />
          {sourcesText.fromLink}
        </Button>
        <Button onClick={() => onWay("record")}>
          <Mic size={16} strokeWidth={1.75} aria-hidden />
          {sourcesText.record}
        </Button>
        <KindSelect kind={kind} onChange={setKind} />
      </div>
      {kind === "own" ? null : <p className="text-1 text-ink-3">{noteOf(kind)}</p>}
      {kind === "thread" ? (
        <label className="grid max-w-80 gap-1 text-2 font-strong">
          {sourcesText.speakerName}
          <Input
            value={speaker}
            onChange={(event) => setSpeaker(event.target.value)}
            placeholder={face.name ?? face.username}
          />
        </label>
      ) : null}
      {asksName || kind === "about" ? <NameQuestion face={face} /> : null}
      <UploadList uploads={uploads} onCancel={cancel} onRetry={retry} onChooseSpeaker={setUnspoken} />
      {way === "paste" ? <PasteTextDialog face={face} open onOpenChange={close} kind={kind} speaker={speaker} /> : null}
      {way === "link" ? <ImportDialog face={face} open onOpenChange={close} kind={kind} /> : null}
      {way === "record" ? (
        <RecorderDialog face={face} limits={limits} onOpenChange={close} onRecorded={(file) => addFiles([file])} />
      ) : null}
      {unspoken ? (
        <SpeakerDialog
          face={face}
          file={unspoken.file}
          onClose={() => setUnspoken(null)}
          onChoose={(name) => {
            retry(unspoken.id, { ...unspoken.fields, type: "thread", face_speaker: name });
            setUnspoken(null);
          }}
        />
      ) : null}
    </section>
  );
}

function KindSelect({ kind, onChange }: { kind: SourceKind; onChange: (kind: SourceKind) => void }) {
  return (
    <label className="flex items-center gap-2 text-2 whitespace-nowrap text-ink-3 mid:ml-auto">
      {sourcesText.readNewAs}
      <Select
        value={kind}
        onChange={(event) => {
          const chosen = sourceKinds.find(({ value }) => value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
        className="w-auto"
      >
        {sourceKinds.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </label>
  );
}
