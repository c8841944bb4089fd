"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

/**
 * Which statement is open, in the address bar. Opening the first one is a step that back undoes,
 * which on narrow screens closes it; going from one to the next is not.
 */
export function useSelection(): { selected: string | null; select: (id: string | null) => void } {
  const selected = useSearchParams().get("p");
  const select = useCallback((id: string | null) => {
    const params = new URLSearchParams(window.location.search);
    const wasOpen = params.has("p");
    if (id === null) params.delete("p");
    else params.set("p", id);
    const url = `${window.location.pathname}?${params.toString()}`;
    if (wasOpen) window.history.replaceState(null, "", url);
    else window.history.pushState(null, "", url);
  }, []);
  return { selected, select };
}
