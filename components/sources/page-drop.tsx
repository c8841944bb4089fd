"use client";

import { FileUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { sourcesText } from "@/components/strings/sources";
import { droppedFiles } from "./dropped-files";

type PageDropProps = { name: string; onFiles: (files: File[]) => void };

/** Takes files that are dropped anywhere on the page, and says so while they hang over it. */
export function PageDrop({ name, onFiles }: PageDropProps) {
  const [isOver, setIsOver] = useState(false);
  const take = useRef(onFiles);
  useEffect(() => {
    take.current = onFiles;
  });

  useEffect(() => {
    // every element on the way is entered and left
    let depth = 0;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const move = (change: 1 | -1 | 0) => (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = Math.max(0, depth + change);
      setIsOver(depth > 0);
    };
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      depth = 0;
      setIsOver(false);
      void droppedFiles(event.dataTransfer).then((files) => take.current(files));
    };
    const controller = new AbortController();
    const { signal } = controller;
    addEventListener("dragenter", move(1), { signal });
    addEventListener("dragover", move(0), { signal });
    addEventListener("dragleave", move(-1), { signal });
    addEventListener("drop", drop, { signal });
    return () => controller.abort();
  }, []);

  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-scrim p-4">
      <div className="appear grid w-full max-w-120 justify-items-center gap-3 rounded-3 border-2 border-dashed border-accent bg-accent-soft px-6 py-10 text-center">
        <FileUp size={20} strokeWidth={1.75} aria-hidden className="text-accent" />
        <p className="font-strong">{sourcesText.dropNow}</p>
        <p className="text-2 text-ink-2">{sourcesText.dropOnPage(name)}</p>
      </div>
    </div>
  );
}
