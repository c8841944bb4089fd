"use client";

import { useEffect, useRef, useState } from "react";

/**
 * Files that are dropped anywhere on the page, as long as the component is there.
 *
 * @returns whether some hang over the page now
 */
export function usePageDrop(onDrop: (dropped: DataTransfer) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const take = useRef(onDrop);
  useEffect(() => {
    take.current = onDrop;
  });

  useEffect(() => {
    // every element on the way is entered and left
    let depth = 0;
    const filesOf = ({ dataTransfer }: DragEvent) => (dataTransfer?.types.includes("Files") ? dataTransfer : null);
    const move = (change: 1 | -1 | 0) => (event: DragEvent) => {
      if (filesOf(event) === null) return;
      event.preventDefault();
      depth = Math.max(0, depth + change);
      setIsOver(depth > 0);
    };
    const drop = (event: DragEvent) => {
      const files = filesOf(event);
      if (files === null) return;
      event.preventDefault();
      depth = 0;
      setIsOver(false);
      take.current(files);
    };
    const controller = new AbortController();
    const { signal } = controller;
    addEventListener("dragenter", move(1), { signal });
    addEventListener("dragover", move(0), { signal });
    addEventListener("dragleave", move(-1), { signal });
    addEventListener("drop", drop, { signal });
    return () => controller.abort();
  }, []);

  return isOver;
}
