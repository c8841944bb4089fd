"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";

/**
 * Which statement is open, in the address bar. Opening the first one is a step that back undoes,
 * which on narrow screens closes it; going from one to the next is not.
 */
export function useSelection(): { selected: string | null; select: (id: string | null) => void } {
  const inAddress = useSearchParams().get("p");
  // The address is told a moment later than the key was pressed, perhaps when the next one has been: the bar knows.
  const [selected, setSelected] = useState(inAddress);
  useEffect(() => setSelected(new URLSearchParams(window.location.search).get("p")), [inAddress]);
  const isOwnStep = useRef(false);

  const select = useCallback((id: string | null) => {
    const params = new URLSearchParams(window.location.search);
    const wasOpen = params.has("p");
    // Going back brings the reader to where the list was left.
    if (id === null && wasOpen && isOwnStep.current) {
      isOwnStep.current = false;
      return window.history.back();
    }
    setSelected(id);
    if (id === null) params.delete("p");
    else params.set("p", id);
    const url = `${window.location.pathname}?${params.toString()}`;
    if (wasOpen) return window.history.replaceState(null, "", url);
    isOwnStep.current = true;
    window.history.pushState(null, "", url);
  }, []);
  return { selected, select };
}
