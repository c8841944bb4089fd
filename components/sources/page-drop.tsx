"use client";

import { FileUp } from "lucide-react";
import { sourcesText } from "@/components/strings/sources";
import { toast } from "@/components/ui/toast";
import { usePageDrop } from "@/components/ui/use-page-drop";
import { droppedFiles } from "./dropped-files";

type PageDropProps = { name: string; onFiles: (files: File[]) => void };

/** Takes files that are dropped anywhere on the page, and says so while they hang over it. */
export function PageDrop({ name, onFiles }: PageDropProps) {
  const isOver = usePageDrop((dropped) => {
    droppedFiles(dropped).then(onFiles, () => toast.error(sourcesText.dropUnread));
  });

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
