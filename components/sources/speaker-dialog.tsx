"use client";

import { useEffect, useState, type FormEvent } from "react";
import { sourcesText } from "@/components/strings/sources";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { SearchInput } from "@/components/ui/search-input";
import { Skeleton } from "@/components/ui/skeleton";
import type { SpeakersPreview } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { useSpeakers } from "./use-speakers";

type SpeakerDialogProps = {
  face: FaceView;
  /** null: it is still being fetched */
  file: File | null;
  onChoose: (speaker: string) => void;
  onClose: () => void;
};

/** Asks who of the speakers in a file the face is, with a few lines of each to tell them by. */
export function SpeakerDialog({ face, file, onChoose, onClose }: SpeakerDialogProps) {
  const name = face.name ?? face.username;
  const { mutate, data, error } = useSpeakers(face.username);
  useEffect(() => {
    if (file) mutate(file);
  }, [mutate, file]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={sourcesText.whoIsIt(name)}
      description={sourcesText.onlyTheirTurns}
      className="max-w-140"
    >
      {error ? (
        <ApiErrorBlock
          title={sourcesText.speakersUnread}
          error={error}
          onRetry={() => (file ? mutate(file) : undefined)}
        />
      ) : data ? (
        <SpeakerForm preview={data} onChoose={onChoose} onClose={onClose} />
      ) : (
        <LoadingSpeakers />
      )}
    </Dialog>
  );
}

function LoadingSpeakers() {
  return (
    <div role="status" aria-label={sourcesText.readingSpeakers} className="border-y border-line">
      {[1, 2].map((row) => (
        <div key={row} className="grid h-25 content-center gap-3 border-t border-line pl-8 first:border-t-0">
          <Skeleton className="w-32" />
          <Skeleton />
          <Skeleton className="w-2/3" />
        </div>
      ))}
    </div>
  );
}

type SpeakerFormProps = {
  preview: Pick<SpeakersPreview, "speakers" | "suggested">;
  onChoose: (speaker: string) => void;
  onClose: () => void;
};

/** A group is only worth a search box past this many speakers. */
const searchFrom = 8;
const mostShown = 100;

/** The speakers to choose from; arrow keys move, Enter takes the chosen one. */
function SpeakerForm({ preview, onChoose, onClose }: SpeakerFormProps) {
  const [chosen, setChosen] = useState(preview.suggested);
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const shown = preview.speakers.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, mostShown);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (chosen !== null) onChoose(chosen);
  }

  return (
    <form onSubmit={submit} className="grid gap-5">
      {preview.speakers.length > searchFrom ? (
        <SearchInput
          label={sourcesText.findSpeaker}
          placeholder={sourcesText.findSpeaker}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      ) : null}
      <fieldset className="max-h-[50dvh] overflow-y-auto border-y border-line">
        <legend className="sr-only">{sourcesText.speakers}</legend>
        {shown.map((speaker) => (
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
                  {sourcesText.speakerSize(speaker.turns, speaker.words)}
                </span>
              </span>
              {speaker.sample.map((line, index) => (
                <span key={index} className="quote line-clamp-2 text-2 text-ink-2 [overflow-wrap:anywhere]">
                  {line}
                </span>
              ))}
            </span>
          </label>
        ))}
        {shown.length === 0 ? <p className="py-3 text-2 text-ink-2">{sourcesText.noSpeaker(query)}</p> : null}
      </fieldset>
      <DialogActions>
        <Button type="submit" look="primary" disabled={chosen === null} className="max-w-full min-w-0">
          <span className="truncate">{chosen === null ? sourcesText.chooseOne : sourcesText.addAs(chosen)}</span>
        </Button>
        <Button look="ghost" onClick={onClose}>
          {sourcesText.cancel}
        </Button>
      </DialogActions>
    </form>
  );
}
