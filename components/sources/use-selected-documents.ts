"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { DocumentView } from "@/lib/documents/schemas";

/** Which texts are ticked; null while nobody is selecting. Escape ends it; Shift takes all in between. */
export function useSelectedDocuments(shown: readonly DocumentView[]) {
  const [selected, setSelected] = useState<ReadonlySet<string> | null>(null);
  const last = useRef<string | null>(null);
  const isSelecting = selected !== null;

  useEffect(() => {
    if (!isSelecting) return;
    const end = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) setSelected(null);
    };
    addEventListener("keydown", end);
    return () => removeEventListener("keydown", end);
  }, [isSelecting]);

  const toggle = useCallback(
    ({ id }: DocumentView, isRange: boolean) => {
      const at = shown.findIndex((document) => document.id === id);
      const from = isRange ? shown.findIndex((document) => document.id === last.current) : -1;
      const ids = from < 0 ? [id] : shown.slice(Math.min(at, from), Math.max(at, from) + 1).map((each) => each.id);
      last.current = id;
      setSelected((before) => {
        const next = new Set(before);
        const isTicked = !next.has(id);
        for (const each of ids) {
          if (isTicked) next.add(each);
          else next.delete(each);
        }
        return next;
      });
    },
    [shown],
  );

  return {
    selected,
    /** of those that are shown: what a filter hides is not meant */
    chosen: shown.filter(({ id }) => selected?.has(id)),
    toggle,
    begin: () => setSelected(new Set()),
    all: () => setSelected(new Set(shown.map(({ id }) => id))),
    none: () => setSelected(new Set()),
    end: () => setSelected(null),
  };
}
