"use client";

import { ImageUp } from "lucide-react";
import { useRef } from "react";
import { droppedFiles } from "@/components/sources/dropped-files";
import { portraitsText as text } from "@/components/strings/portraits";
import { cn } from "@/components/ui/cn";
import { toast } from "@/components/ui/toast";
import { usePageDrop } from "@/components/ui/use-page-drop";
import type { FaceView } from "@/lib/faces/schemas";
import { mostPhotos, type TuneDetail } from "@/lib/portraits/tune-schemas";
import { ConsentSection } from "./consent-section";
import { AddPhotos, KeepPhotos } from "./keep-photos";
import { KeptSection } from "./kept-section";
import { KeptPhoto, NewPhoto } from "./photo-row";
import { SetHead } from "./set-head";
import { useCandidates } from "./use-candidates";
import { useDeletePhoto } from "./use-tunes";

type PhotosSectionProps = {
  face: FaceView;
  tunes: readonly TuneDetail[];
  /** the set that is shown; none: one is to come */
  tune: TuneDetail | undefined;
  onTune: (tune: string) => void;
};

/** The photos of a person with what was found in each, who agreed, and until when they are kept. */
export function PhotosSection({ face, tunes, tune, onTune }: PhotosSectionProps) {
  const candidates = useCandidates(mostPhotos - (tune?.photos.length ?? 0));
  const removal = useDeletePhoto();
  const photos = tune?.photos ?? [];
  const isOpen = candidates.candidates.some(({ state }) => state !== "refused" && state !== "failed");

  return (
    // on narrow screens photos that are there already stand below what is made of them
    <aside
      aria-label={text.photos}
      className={cn("grid grid-cols-[minmax(0,1fr)] content-start gap-6", tune && "max-wide:order-last")}
    >
      <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <div className="flex items-baseline justify-between gap-2">
          <h2>{text.photos}</h2>
          <span role="status" className="num text-2 text-ink-3">
            {photos.length + candidates.good.length > 0 ? text.usable(photos.length + candidates.good.length) : null}
          </span>
        </div>
        <SetHead tunes={tunes} tune={tune} onTune={onTune} />
        <PhotoDrop name={face.name ?? face.username} onFiles={candidates.add} />
        {photos.length + candidates.candidates.length > 0 ? (
          <ul aria-label={text.photos} className="border-t border-line">
            {candidates.candidates.map((candidate) => (
              <NewPhoto
                key={candidate.id}
                candidate={candidate}
                onRemove={() => candidates.remove(candidate.id)}
                onRetry={() => candidates.retry(candidate.id)}
              />
            ))}
            {photos.map((photo, at) => (
              <KeptPhoto
                key={photo.id}
                photo={photo}
                notes={(tune?.notes ?? []).filter(({ photo: number }) => number === at + 1)}
                isLast={photos.length === 1}
                isBusy={removal.isPending}
                onRemove={() =>
                  removal.mutate(photo.id, {
                    onSuccess: () => toast(text.photoRemoved),
                    onError: (error) => toast.error(error.message),
                  })
                }
              />
            ))}
          </ul>
        ) : null}
        {(tune?.notes ?? [])
          .filter(({ photo }) => photo === null)
          .map(({ code, message }) => (
            <p key={code} className="text-2 text-ink-2">
              {message}
            </p>
          ))}
        {tune && isOpen ? <AddPhotos tune={tune} candidates={candidates} /> : null}
      </section>
      {tune === undefined && isOpen ? <KeepPhotos face={face} candidates={candidates} onKept={onTune} /> : null}
      {tune ? <ConsentSection tune={tune} /> : null}
      {tune ? <KeptSection tune={tune} face={face.username} /> : null}
    </aside>
  );
}

/** Where photos are chosen; they can be dropped anywhere on the page. */
function PhotoDrop({ name, onFiles }: { name: string; onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const isOver = usePageDrop((dropped) => {
    droppedFiles(dropped).then(onFiles, () => toast.error(text.dropUnread));
  });
  return (
    <div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept="image/*,.heic,.heif"
        aria-label={text.photoFiles}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // the same file chosen again is a change again
          event.target.value = "";
        }}
      />
      <button
        type="button"
        onClick={() => input.current?.click()}
        className="flex w-full items-center gap-3 rounded-3 border border-dashed border-control-line bg-bg p-3.5 text-left hover:bg-sunk data-over:border-accent data-over:bg-accent-soft"
        data-over={isOver || undefined}
      >
        <ImageUp size={20} strokeWidth={1.5} aria-hidden />
        <span className="text-2">
          <span className="block font-strong">{isOver ? text.dropNow : text.addPhotos}</span>
          <span className="block text-ink-3">{isOver ? text.dropOnPage(name) : text.addPhotosNote}</span>
        </span>
      </button>
    </div>
  );
}
