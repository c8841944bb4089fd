"use client";

import { FileUp } from "lucide-react";
import { useRef } from "react";
import { sourcesText } from "@/components/strings/sources";
import type { UploadLimits } from "@/lib/documents/schemas";

type DropZoneProps = { limits: UploadLimits | undefined; onFiles: (files: File[]) => void };

/** Where files are chosen. They can be dropped anywhere on the page; here it says so. */
export function DropZone({ limits, onFiles }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={sourcesText.files}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // the same file chosen again is a change again
          event.target.value = "";
        }}
      />
      <button
        type="button"
        onClick={() => input.current?.click()}
        className="flex w-full items-center gap-3 rounded-3 border border-dashed border-control-line bg-bg p-5 text-left hover:bg-sunk"
      >
        <FileUp size={20} strokeWidth={1.75} aria-hidden />
        <span>
          <span className="block font-strong">{sourcesText.dropTitle}</span>
          <span className="block text-2 text-ink-3">
            {sourcesText.dropNote(limits?.max_text_bytes ?? null, limits?.max_recording_bytes ?? null)}
          </span>
        </span>
      </button>
    </div>
  );
}
