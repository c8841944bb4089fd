"use client";

import { useSyncExternalStore } from "react";

let waiting: File | null = null;
const listeners = new Set<() => void>();

/** Keeps a card that was dropped on the page until the dialog takes it. */
export function leaveCard(file: File | null): void {
  waiting = file;
  for (const listener of listeners) listener();
}

/** The card that was dropped and that nobody has taken yet. */
export function useLeftCard(): File | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
    () => null,
  );
}
