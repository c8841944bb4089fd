"use client";

import { useState } from "react";

/**
 * Remembers where the focus was when something opened over the page, to put it back there. For dialogs that no
 * trigger of their own opens: without it the focus is lost to the top of the page.
 */
export function useWayBack(): (event: Event) => void {
  const [cameFrom] = useState(() => comesFrom(document.activeElement));
  return (event) => {
    event.preventDefault();
    if (cameFrom?.isConnected) cameFrom.focus();
  };
}

/** A menu is gone when what it opened closes: its button is where one was. */
function comesFrom(active: Element | null): HTMLElement | null {
  const labelledBy = active?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  const button = labelledBy ? document.getElementById(labelledBy) : null;
  if (button) return button;
  return active instanceof HTMLElement ? active : null;
}
