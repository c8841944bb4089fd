"use client";

import { type FormEvent, useId, useState } from "react";
import { portraitsText } from "@/components/strings/portraits";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { keptDays, maxPhotoMb, type TuneDetail } from "@/lib/portraits/tune-schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { type ConsentDraft, ConsentFields, statementOf } from "./consent-fields";
import { PhotoDrop } from "./photo-drop";
import { NewPhotoRow } from "./photo-row";
import { useNewPhotos } from "./use-new-photos";
import { useCreateTune } from "./use-tunes";

type NewSetProps = { face: FaceView; onMade: (tune: TuneDetail) => void; onBack: (() => void) | null };

/** The way in: photos that are looked at at once, who agreed, and then they are kept. */
export function NewSet({ face, onMade, onBack }: NewSetProps) {
  const name = face.name ?? face.username;
  const photos = useNewPhotos();
  const create = useCreateTune(face.username);
  const [draft, setDraft] = useState<ConsentDraft>({ who: name, how: "self", noun: "person", isGiven: false });
  const [isAsked, setIsAsked] = useState(false);
  const heading = useId();
  const count = photos.usable.length;

  function keep(event: FormEvent) {
    event.preventDefault();
    setIsAsked(true);
    if (count === 0 || !draft.isGiven || draft.who.trim() === "") return;
    create.mutate(
      {
        title: draft.who.trim(),
        name: draft.noun,
        consent: statementOf(draft),
        auto_extend: false,
        images: photos.usable,
      },
      {
        onSuccess: (tune) => {
          toast(portraitsText.setKept(tune.photos.length));
          photos.clear();
          onMade(tune);
        },
      },
    );
  }

  return (
    <form onSubmit={keep} noValidate aria-labelledby={heading} className="grid max-w-160 gap-6">
      <div className="grid gap-2">
        <div className="flex items-center gap-2">
          <h2 id={heading} className="mr-auto">
            {onBack === null ? portraitsText.firstTitle(name) : portraitsText.newSet}
          </h2>
          {onBack === null ? null : (
            <Button look="ghost" onClick={onBack}>
              {portraitsText.backToSets}
            </Button>
          )}
        </div>
        {onBack === null ? null : <p className="text-2 text-ink-2">{portraitsText.newSetNote}</p>}
        <PhotoDrop
          name={name}
          title={portraitsText.addPhotos}
          note={portraitsText.firstNote(maxPhotoMb)}
          isLarge
          onFiles={photos.add}
        />
        {photos.photos.length === 0 ? null : (
          <ul aria-label={portraitsText.photos} className="border-t border-line">
            {photos.photos.map((photo) => (
              <NewPhotoRow
                key={photo.id}
                photo={photo}
                onRemove={() => photos.remove(photo.id)}
                onAgain={() => photos.checkAgain(photo)}
              />
            ))}
          </ul>
        )}
        <p role="status" className="sr-only">
          {photos.isChecking ? portraitsText.checkingAll : photos.photos.length > 0 ? portraitsText.usable(count) : ""}
        </p>
      </div>
      {photos.photos.length === 0 ? null : (
        <>
          <ConsentFields
            draft={draft}
            onChange={(change) => setDraft((known) => ({ ...known, ...change }))}
            isAsked={isAsked}
          />
          {create.error ? <ApiErrorBlock title={portraitsText.notKept} error={create.error} /> : null}
          <div className="grid gap-2">
            <div className="flex flex-wrap items-center gap-3">
              <Button type="submit" look="primary" disabled={count === 0 || photos.isChecking || create.isPending}>
                {create.isPending ? portraitsText.keeping : portraitsText.keep(count)}
              </Button>
              {count === 0 && !photos.isChecking ? (
                <span className="text-2 text-ink-3">{portraitsText.nothingUsable}</span>
              ) : null}
            </div>
            <p className="text-2 text-ink-3">{portraitsText.keptHow(keptDays)}</p>
          </div>
        </>
      )}
    </form>
  );
}
