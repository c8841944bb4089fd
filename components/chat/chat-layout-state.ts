"use client";

import { useSyncExternalStore } from "react";

const key = "faces.chat.list";
const listeners = new Set<() => void>();

/** Whether the list of conversations is open, remembered in this browser. On the server it is. */
export function useListOpen(): [boolean, (isOpen: boolean) => void] {
  const isOpen = useSyncExternalStore(subscribe, read, () => true);
  return [isOpen, write];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let remembered: boolean | undefined;

function read(): boolean {
  try {
    remembered ??= localStorage.getItem(key) !== "closed";
  } catch {
    remembered ??= true;
  }
  return remembered;
}

function write(isOpen: boolean): void {
  remembered = isOpen;
  try {
    localStorage.setItem(key, isOpen ? "open" : "closed");
  } catch {
    // switched off: it is remembered as long as the page lives
  }
  for (const listener of listeners) listener();
}
