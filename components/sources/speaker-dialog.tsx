"use client";

import { useEffect, useState, type FormEvent } from "react";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { SpeakersPreview } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { countOf } from "@/lib/format";
import { useSpeakers } from "./use-speakers";

type SpeakerDialogProps = {
  face: FaceView;
  /** null closes it */
  file: File | null;
  onChoose: (speaker: string) => void;
  onClose: () => void;
};

/** Asks who of the speakers in a file the face is, with a few lines of each to tell them by. */
export function SpeakerDialog({ face, file, onChoose, onClose }: SpeakerDialogProps) {
  const name = face.name ?? face.username;
  return (
    <Dialog
      open={file !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Who is ${name} in this conversation?`}
      description="Only the turns of that speaker are compiled."
      className="max-w-140"
    >
      {file ? <FileSpeakers key={file.name} face={face} file={file} onChoose={onChoose} onClose={onClose} /> : null}
    </Dialog>
  );
}

function FileSpeakers({ face, file, onChoose, onClose }: SpeakerDialogProps & { file: File }) {
  const { mutate, data, error } = useSpeakers(face.username);
  useEffect(() => mutate(file), [mutate, file]);

  if (error) return <ApiErrorBlock title="The speakers could not be read" error={error} onRetry={() => mutate(file)} />;
  if (!data)
    return (
      <div role="status" aria-label="Reading who speaks" className="grid gap-4">
        <Skeleton />
        <Skeleton className="w-2/3" />
        <Skeleton />
      </div>
    );
  return <SpeakerForm preview={data} onChoose={onChoose} onClose={onClose} />;
}

type SpeakerFormProps = {
  preview: Pick<SpeakersPreview, "speakers" | "suggested">;
  onChoose: (speaker: string) => void;
  onClose: () => void;
};

/** The speakers to choose from; arrow keys move, Enter takes the chosen one. */
export function SpeakerForm({ preview, onChoose, onClose }: SpeakerFormProps) {
  const [chosen, setChosen] = useState(preview.suggested);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (chosen !== null) onChoose(chosen);
  }

  return (
    <form onSubmit={submit} className="grid gap-5">
      <fieldset className="max-h-[50dvh] overflow-y-auto border-y border-line">
        <legend className="sr-only">Speakers</legend>
        {preview.speakers.map((speaker) => (
          <label
            key={speaker.name}
            className="grid cursor-pointer grid-cols-[20px_minmax(0,1fr)] gap-x-3 border-t border-line py-3 first:border-t-0 has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="speaker"
              value={speaker.name}
              checked={chosen === speaker.name}
              onChange={() => setChosen(speaker.name)}
              className="mt-1 ml-1 accent-(--accent)"
            />
            <span className="grid gap-1 pr-2">
              <span className="flex justify-between gap-3">
                <span className="truncate font-strong">{speaker.name}</span>
                <span className="num text-2 whitespace-nowrap text-ink-3">
                  {countOf(speaker.turns, "turn")}, {countOf(speaker.words, "word")}
                </span>
              </span>
              {speaker.sample.map((line, index) => (
                <span key={index} className="quote line-clamp-2 text-2 text-ink-2">
                  {line}
                </span>
              ))}
            </span>
          </label>
        ))}
      </fieldset>
      <DialogActions>
        <Button type="submit" look="primary" disabled={chosen === null}>
          {chosen === null ? "Choose a speaker" : `Add it as ${chosen}`}
        </Button>
        <Button look="ghost" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  );
}
