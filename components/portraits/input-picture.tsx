"use client";

import { ImagePlus, X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { formatTenths } from "@/lib/format";
import { maxPhotoMb } from "@/lib/portraits/tune-schemas";
import type { Prompt } from "./use-prompt";

const maxBytes = maxPhotoMb * 1_048_576;

/** A picture that gets the face, instead of a scene; how much of the face it gets is the likeness. */
export function InputPicture({ prompt: { settings, change } }: { prompt: Prompt }) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { picture } = settings;
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    setProblem(file.size > maxBytes ? text.tooLarge(file.size) : null);
    if (file.size <= maxBytes) change({ picture: file });
  };
  return (
    <div className="grid gap-2">
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*,.heic,.heif"
        aria-label={text.pictureFile}
        onChange={(event) => {
          take(event.target.files?.[0]);
          // the same file chosen again is a change again
          event.target.value = "";
        }}
      />
      {picture === null ? (
        <Button look="ghost" className="-ml-3 justify-self-start" onClick={() => input.current?.click()}>
          <ImagePlus size={16} strokeWidth={1.75} aria-hidden />
          {text.intoPicture}
        </Button>
      ) : (
        <Chosen picture={picture} onRemove={() => change({ picture: null })} />
      )}
      {picture === null ? null : <Likeness value={settings.likeness} onChange={(likeness) => change({ likeness })} />}
      {problem === null ? null : (
        <p role="alert" className="text-1 text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}

function Chosen({ picture, onRemove }: { picture: File; onRemove: () => void }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return (
    <div className="flex items-center gap-3">
      {url === null ? (
        <span className="size-11 shrink-0 rounded-2 bg-sunk-2" />
      ) : (
        // eslint-disable-next-line @next/next/no-img-element -- a file of this browser
        <img src={url} alt="" width={44} height={44} className="size-11 shrink-0 rounded-2 bg-sunk-2 object-cover" />
      )}
      <div className="min-w-0">
        <span className="block truncate text-2">{picture.name}</span>
        <span className="block text-1 text-ink-3">{text.intoPictureNote}</span>
      </div>
      <IconButton label={text.removeNew(picture.name)} onClick={onRemove}>
        <X size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}

type LikenessProps = { value: number; onChange: (likeness: number) => void };

/** How much an order keeps of the person: only where an engine follows it. */
export function Likeness({ value, onChange }: LikenessProps) {
  const id = useId();
  return (
    <div className="col-span-2 flex items-center gap-2">
      <label htmlFor={id} className="text-2 text-ink-3">
        {text.likeness}
      </label>
      <input
        id={id}
        type="range"
        min={0.1}
        max={1}
        step={0.1}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
        className="h-6 w-28 accent-(--accent)"
      />
      <span className="num text-2">{formatTenths(value)}</span>
    </div>
  );
}
