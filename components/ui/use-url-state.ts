"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

/**
 * A value that lives in the address bar, so that reloading and sharing keep it.
 * Changing it replaces the entry in the history: one does not go back through letters.
 */
export function useUrlState(name: string): [string, (value: string) => void] {
  const path = usePathname();
  const params = useSearchParams();
  const value = params.get(name) ?? "";
  const setValue = useCallback(
    (next: string) => {
      const changed = new URLSearchParams(window.location.search);
      if (next === "") changed.delete(name);
      else changed.set(name, next);
      const query = changed.toString();
      window.history.replaceState(null, "", query ? `${path}?${query}` : path);
    },
    [name, path],
  );
  return [value, setValue];
}
