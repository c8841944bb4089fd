"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tellAll(): void {
  for (const listener of listeners) listener();
}

/**
 * A value that lives in the address bar, so that reloading and sharing keep it.
 * Changing it replaces the entry in the history: one does not go back through letters.
 *
 * It is read from the address itself, because the router tells of a change some time later: a field that waited for it
 * would lose the letters of whoever types fast.
 */
export function useUrlState(name: string): [string, (value: string) => void] {
  const path = usePathname();
  const params = useSearchParams();
  const value = useSyncExternalStore(
    subscribe,
    () => new URLSearchParams(window.location.search).get(name) ?? "",
    () => params.get(name) ?? "",
  );
  // a link or the way back has changed the address
  useEffect(tellAll, [params, path]);
  const setValue = useCallback(
    (next: string) => {
      const changed = new URLSearchParams(window.location.search);
      if (next === "") changed.delete(name);
      else changed.set(name, next);
      const query = changed.toString();
      window.history.replaceState(null, "", `${path}${query ? `?${query}` : ""}${window.location.hash}`);
      tellAll();
    },
    [name, path],
  );
  return [value, setValue];
}
