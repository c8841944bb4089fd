import { ImageOff, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { IconButton } from "@/components/ui/icon-button";
import type { PhotoView, TuneNote } from "@/lib/portraits/tune-schemas";
import type { Candidate } from "./use-candidates";

type PhotoRowProps = {
  name: string;
  url: string;
  children: ReactNode;
  remove: { label: string; onRemove: () => void; isDisabled?: boolean };
};

/** A photo with what was found in it. */
function PhotoRow({ name, url, children, remove }: PhotoRowProps) {
  return (
    <li className="flex items-start gap-3 border-b border-line py-2.5">
      <Thumb url={url} />
      <div className="min-w-0 flex-1 self-center">
        <span className="block truncate text-2" title={name}>
          {name}
        </span>
        {children}
      </div>
      <IconButton label={remove.label} disabled={remove.isDisabled} onClick={remove.onRemove} className="self-center">
        <X size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </li>
  );
}

/** What a browser cannot draw, some HEIC say, has a sign in its place. */
function Thumb({ url }: { url: string }) {
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken) {
    return (
      <span className="grid size-11 shrink-0 place-items-center rounded-2 bg-sunk-2 text-ink-3">
        <ImageOff size={16} strokeWidth={1.75} aria-hidden />
      </span>
    );
  }
  return (
    // eslint-disable-next-line @next/next/no-img-element -- signed and already small; no optimiser may keep it
    <img
      src={url}
      alt=""
      width={44}
      height={44}
      loading="lazy"
      onError={() => setIsBroken(true)}
      className="size-11 shrink-0 rounded-2 bg-sunk-2 object-cover"
    />
  );
}

/** The name stands above already: "photo 1 (me.jpg)" is this photo. */
const ofThis = (message: string): string =>
  message.replace(/(photo) \d+(?: \([^()]*\))?/giu, (_, word: string) =>
    word.startsWith("P") ? text.thisPhotoFirst : text.thisPhoto,
  );

/** "One face, 612 px, sharp", then what is not at its best. */
function Found({ reading, notes }: { reading: PhotoView["reading"]; notes: readonly TuneNote[] }) {
  const px = Math.round(Math.min(reading.box.width, reading.box.height));
  return (
    <>
      <span className="num block text-1 text-ink-3">
        {text.faceFound(px)}
        {notes.some(({ code }) => /blur|sharp|soft/u.test(code)) ? null : text.sharp}
      </span>
      {notes.map(({ code, message }) => (
        <span key={code} className="block text-1 text-ink-2">
          {ofThis(message)}
        </span>
      ))}
    </>
  );
}

type KeptPhotoProps = {
  photo: PhotoView;
  notes: readonly TuneNote[];
  isLast: boolean;
  isBusy: boolean;
  onRemove: () => void;
};

/** A photo that is kept. The last one goes only with the whole set. */
export function KeptPhoto({ photo, notes, isLast, isBusy, onRemove }: KeptPhotoProps) {
  const label = isLast ? text.lastPhoto : text.removePhoto(photo.file_name);
  return (
    <PhotoRow name={photo.file_name} url={photo.small_url} remove={{ label, onRemove, isDisabled: isLast || isBusy }}>
      <Found reading={photo.reading} notes={notes} />
    </PhotoRow>
  );
}

type NewPhotoProps = { candidate: Candidate; onRemove: () => void; onRetry: () => void };

/** A photo that was chosen: being looked at, usable, or refused with the reason. */
export function NewPhoto({ candidate: { file, url, state, check, problem }, onRemove, onRetry }: NewPhotoProps) {
  return (
    <PhotoRow name={file.name} url={url} remove={{ label: text.removeNew(file.name), onRemove }}>
      {state === "waiting" || state === "checking" ? (
        <span className="block text-1 text-ink-3">{state === "waiting" ? text.waiting : text.checking}</span>
      ) : null}
      {state === "good" && check?.reading ? <Found reading={check.reading} notes={check.notes} /> : null}
      {state === "refused" ? <span className="block text-1 text-danger">{ofThis(problem ?? "")}</span> : null}
      {state === "failed" ? (
        <span className="block text-1 text-danger">
          {problem}{" "}
          <button type="button" className="underline" onClick={onRetry}>
            {text.tryAgain}
          </button>
        </span>
      ) : null}
    </PhotoRow>
  );
}
