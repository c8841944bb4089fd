"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Onboarding } from "@/components/account/wire";

const everyMs = 10_000;

/**
 * What is done already; asked again from time to time while something is not, so that ticks come by themselves.
 *
 * @param isWatched somebody sees it
 */
export function useOnboarding(done: Onboarding | undefined, isWatched: boolean): { isComplete: boolean } {
  const client = useQueryClient();
  const isComplete = done !== undefined && steps.every((step) => done[step]);
  const isAsking = isWatched && !isComplete;
  useEffect(() => {
    if (!isAsking) return;
    const ask = () => void client.invalidateQueries({ queryKey: ["account"], exact: true });
    ask();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") ask();
    }, everyMs);
    return () => clearInterval(timer);
  }, [client, isAsking]);
  return { isComplete };
}

const steps = ["has_face", "has_source", "has_synced", "has_chatted", "has_called"] as const;

/** Whether somebody has put the first steps away, remembered in this browser for this account. */
export function useHidden(accountId: string | undefined): [boolean, (isHidden: boolean) => void] {
  const key = `faces.first-steps.${accountId ?? ""}`;
  const [changed, setChanged] = useState<boolean | null>(null);
  const isHidden = changed ?? isStored(key);
  return [
    isHidden,
    (next) => {
      setChanged(next);
      store(key, next);
    },
  ];
}

function isStored(key: string): boolean {
  try {
    return typeof window !== "undefined" && localStorage.getItem(key) === "hidden";
  } catch {
    return false;
  }
}

function store(key: string, isHidden: boolean): void {
  try {
    if (isHidden) localStorage.setItem(key, "hidden");
    else localStorage.removeItem(key);
  } catch {
    // Storage is switched off: it holds for this page.
  }
}
