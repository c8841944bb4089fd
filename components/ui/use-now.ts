"use client";

import { useSyncExternalStore } from "react";

const everyMs = 30_000;
let now = 0;

function subscribe(onChange: () => void): () => void {
  now = Date.now();
  const timer = setInterval(() => {
    now = Date.now();
    onChange();
  }, everyMs);
  return () => clearInterval(timer);
}

/** The time in epoch milliseconds, moving on every half minute; 0 on the server, where nobody is waiting. */
export function useNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => (now ||= Date.now()),
    () => 0,
  );
}
