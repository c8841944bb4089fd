"use client";

import { Upload } from "lucide-react";
import { cardText } from "@/components/strings/faces";
import { usePageDrop } from "@/components/ui/use-page-drop";
import { leaveCard } from "./dropped-card";

/** Takes a card that is dropped anywhere on the page, and says so while it hangs over it. */
export function CardDrop({ onDrop }: { onDrop: () => void }) {
  const isOver = usePageDrop(({ files: [file] }) => {
    if (file === undefined) return;
    leaveCard(file);
    onDrop();
  });

  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-scrim p-4">
      <div className="appear grid w-full max-w-120 justify-items-center gap-3 rounded-3 border-2 border-dashed border-accent bg-accent-soft px-6 py-10 text-center">
        <Upload size={20} strokeWidth={1.75} aria-hidden className="text-accent" />
        <p className="font-strong">{cardText.dropNow}</p>
      </div>
    </div>
  );
}
