"use client";

import { FileUp } from "lucide-react";
import { useDropzone } from "react-dropzone";
import { cn } from "@/components/ui/cn";

/** A place to drop files that is a button too: Enter opens the file dialog. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { getRootProps, getInputProps, open, isDragActive } = useDropzone({
    onDrop: (files) => onFiles(files),
    noClick: true,
    noKeyboard: true,
  });
  return (
    <div {...getRootProps()} role={undefined} tabIndex={undefined}>
      <input {...getInputProps()} aria-label="Files" />
      <button
        type="button"
        onClick={open}
        className={cn(
          "flex w-full items-center gap-3 rounded-3 border border-dashed border-control-line bg-bg p-5 text-left hover:bg-sunk",
          isDragActive && "border-solid border-accent bg-accent-soft",
        )}
      >
        <FileUp size={20} strokeWidth={1.75} aria-hidden />
        <span>
          <span className="block font-strong">
            {isDragActive ? "Let go to upload" : "Drop files here, or choose them"}
          </span>
          <span className="block text-2 text-ink-3">
            Text, PDF, Word, web pages, e-books, subtitles, chat exports, recordings. Nothing is compiled before you say
            so.
          </span>
        </span>
      </button>
    </div>
  );
}
