"use client";

import { ImageUp } from "lucide-react";
import { type Ref, useRef } from "react";
import { portraitsText } from "@/components/strings/portraits";
import { cn } from "@/components/ui/cn";
import { usePageDrop } from "@/components/ui/use-page-drop";

type PhotoDropProps = {
  name: string;
  title: string;
  note: string;
  isLarge?: boolean;
  onFiles: (files: File[]) => void;
  buttonRef?: Ref<HTMLButtonElement>;
};

/** Where photos are chosen. They can be dropped anywhere on the page; here it says so. */
export function PhotoDrop({ name, title, note, isLarge = false, onFiles, buttonRef }: PhotoDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const isOver = usePageDrop(({ files }) => onFiles([...files]));
  return (
    <div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={portraitsText.photoFiles}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // the same file chosen again is a change again
          event.target.value = "";
        }}
      />
      <button
        ref={buttonRef}
        type="button"
        onClick={() => input.current?.click()}
        className={cn(
          "flex w-full items-center gap-3 rounded-3 border border-dashed border-control-line bg-bg text-left hover:bg-sunk",
          isLarge ? "p-5" : "p-3.5",
        )}
      >
        <ImageUp size={20} strokeWidth={1.75} aria-hidden className="shrink-0" />
        <span className={isLarge ? undefined : "text-2"}>
          <span className="block font-strong">{title}</span>
          <span className="block text-2 text-ink-3">{note}</span>
        </span>
      </button>
      {isOver ? (
        <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-scrim p-4">
          <div className="appear grid w-full max-w-120 justify-items-center gap-3 rounded-3 border-2 border-dashed border-accent bg-accent-soft px-6 py-10 text-center">
            <ImageUp size={20} strokeWidth={1.75} aria-hidden className="text-accent" />
            <p className="font-strong">{portraitsText.dropNow}</p>
            <p className="text-2 text-ink-2">{portraitsText.dropOnPage(name)}</p>
          </div>
        </div>
      ) : null}
    </div>
  );
}
