"use client";

import { useCallback, useState } from "react";

/**
 * A text that survives a reload, kept in this browser until it is cleared.
 */
export function useDraft(key: string, initial = ""): [string, (value: string) => void, () => void] {
  const storageKey = `faces.draft.${key}`;
  const [value, setValue] = useState(() => read(storageKey) ?? initial);
  const change = useCallback(
    (next: string) => {
      setValue(next);
      write(storageKey, next);
    },
    [storageKey],
  );
  const clear = useCallback(() => {
    setValue("");
    write(storageKey, null);
  }, [storageKey]);
  return [value, change, clear];
}

function read(key: string): string | null {
  try {
    return typeof window === "undefined" ? null : localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null || value === "") localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Full or switched off: the draft lives as long as the page.
  }
}
