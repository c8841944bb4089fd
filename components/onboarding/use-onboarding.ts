"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useAccount } from "@/components/account/use-account";

const everyMs = 10_000;

/** What is done already; asked again from time to time while something is not, so that ticks come by themselves. */
export function useOnboarding() {
  const client = useQueryClient();
  const { data: account } = useAccount();
  const done = account?.onboarding;
  const isComplete = done
    ? done.has_face && done.has_source && done.has_synced && done.has_chatted && done.has_called
    : false;
  useEffect(() => {
    const ask = () => void client.invalidateQueries({ queryKey: ["account"], exact: true });
    if (isComplete) return;
    ask();
    const timer = setInterval(() => document.visibilityState === "visible" && ask(), everyMs);
    return () => clearInterval(timer);
  }, [client, isComplete]);
  return { accountId: account?.id, done, isComplete };
}

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
