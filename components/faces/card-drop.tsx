"use client";

import { Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cardText } from "@/components/strings/faces";
import { leaveCard } from "./dropped-card";

/** Takes a card that is dropped anywhere on the page, and says so while it hangs over it. */
export function CardDrop({ onDrop }: { onDrop: () => void }) {
  const [isOver, setIsOver] = useState(false);
  const take = useRef(onDrop);
  useEffect(() => {
    take.current = onDrop;
  });

  useEffect(() => {
    // every element on the way is entered and left
    let depth = 0;
    const move = (change: 1 | -1 | 0) => (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      depth = Math.max(0, depth + change);
      setIsOver(depth > 0);
    };
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      depth = 0;
      setIsOver(false);
      if (file === undefined) return;
      event.preventDefault();
      leaveCard(file);
      take.current();
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
        <Upload size={20} strokeWidth={1.75} aria-hidden className="text-accent" />
        <p className="font-strong">{cardText.dropNow}</p>
      </div>
    </div>
  );
}
