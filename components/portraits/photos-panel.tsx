"use client";

import { X } from "lucide-react";
import type { Ref } from "react";
import { portraitsText } from "@/components/strings/portraits";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";
import type { FaceView } from "@/lib/faces/schemas";
import { mostPhotos, type PhotoView, type TuneDetail } from "@/lib/portraits/tune-schemas";
import { PhotoDrop } from "./photo-drop";
import { NewPhotoRow, PhotoRow, Warnings } from "./photo-row";
import { readingWords } from "./photo-state";
import { useNewPhotos } from "./use-new-photos";
import { useDeletePhoto, useUpdateTune } from "./use-tunes";

type PhotosPanelProps = { face: FaceView; tune: TuneDetail; dropRef?: Ref<HTMLButtonElement> };

/** The photos of a set, what is known of each, and a way to add more. */
export function PhotosPanel({ face, tune, dropRef }: PhotosPanelProps) {
  const added = useNewPhotos(mostPhotos - tune.photos.length);
  const update = useUpdateTune(face.username, tune.id);
  const count = added.usable.length;

  function keep() {
    update.mutate(
      { images: added.usable },
      {
        onSuccess: () => {
          toast(portraitsText.added(count));
          added.clear();
        },
      },
    );
  }

  return (
    <section aria-labelledby="photos" className="grid gap-2">
      <div className="flex items-baseline gap-2">
        <h2 id="photos" className="mr-auto">
          {portraitsText.photos}
        </h2>
        <span className="num text-2 text-ink-3">{portraitsText.usable(tune.photos.length)}</span>
      </div>
      <PhotoDrop
        name={face.name ?? face.username}
        title={portraitsText.addPhotos}
        note={portraitsText.addNote}
        onFiles={added.add}
        {...(dropRef ? { buttonRef: dropRef } : {})}
      />
      <ul aria-label={portraitsText.photos} className="border-t border-line">
        {tune.photos.map((photo, at) => (
          <KeptPhoto key={photo.id} face={face} tune={tune} photo={photo} at={at} />
        ))}
        {added.photos.map((photo) => (
          <NewPhotoRow
            key={photo.id}
            photo={photo}
            onRemove={() => added.remove(photo.id)}
            onAgain={() => added.checkAgain(photo)}
          />
        ))}
      </ul>
      <Warnings warnings={tune.notes.filter(({ photo }) => photo === null).map(({ message }) => message)} />
      {added.photos.length === 0 ? null : (
        <div className="grid justify-items-start gap-2">
          {update.error ? <ApiErrorBlock title={portraitsText.notAdded} error={update.error} /> : null}
          <Button look="primary" disabled={count === 0 || added.isChecking || update.isPending} onClick={keep}>
            {update.isPending ? portraitsText.adding : portraitsText.add(count)}
          </Button>
          <p className="text-1 text-ink-3">{portraitsText.coveredBy}</p>
        </div>
      )}
    </section>
  );
}

type KeptPhotoProps = { face: FaceView; tune: TuneDetail; photo: PhotoView; at: number };

function KeptPhoto({ face, tune, photo, at }: KeptPhotoProps) {
  const remove = useDeletePhoto(face.username);
  const isLast = tune.photos.length === 1;
  const name = photo.file_name;
  const notes = tune.notes.filter((note) => note.photo === at + 1);
  return (
    <PhotoRow
      name={name}
      src={photo.small_url}
      actions={
        <IconButton
          label={isLast ? portraitsText.removeLast : portraitsText.remove(name)}
          disabled={isLast || remove.isPending}
          onClick={() =>
            remove.mutate(photo.id, {
              onSuccess: () => toast(portraitsText.removed(name)),
              onError: (error) => toast.error(portraitsText.notRemoved(name, error.message)),
            })
          }
        >
          <X size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      <p className="num text-1 text-ink-3">
        {readingWords(
          photo.reading,
          notes.map(({ code }) => code),
        )}
      </p>
      <Warnings warnings={notes.map(({ message }) => message)} />
    </PhotoRow>
  );
}
