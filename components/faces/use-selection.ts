"use client";

import { useCallback, useEffect, useRef, useState } from "react";

export type Selection = {
  ids: ReadonlySet<string>;
  has: (id: string) => boolean;
  /** `isRange`: all between this and the one before, in the order that is shown */
  set: (id: string, isSelected: boolean, isRange: boolean) => void;
  all: () => void;
  none: () => void;
};

/** Which of a list are chosen. What is not shown any more is not chosen any more. @param shown ids in their order */
export function useSelection(shown: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  });
  const set = useCallback((id: string, isSelected: boolean, isRange: boolean) => {
    const range = isRange ? between(latest.current, last.current, id) : [id];
    last.current = id;
    setChosen((before) => {
      const next = new Set(before);
      for (const each of range) {
        if (isSelected) next.add(each);
        else next.delete(each);
      }
      return next;
    });
  }, []);
  const visible = new Set(shown);
  const ids = new Set([...chosen].filter((id) => visible.has(id)));
  return { ids, has: (id) => ids.has(id), set, all: () => setChosen(visible), none: () => setChosen(new Set()) };
}

function between(shown: readonly string[], from: string | null, to: string): readonly string[] {
  const [a, b] = [shown.indexOf(from ?? ""), shown.indexOf(to)];
  return a < 0 || b < 0 ? [to] : shown.slice(Math.min(a, b), Math.max(a, b) + 1);
}
