"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

type Numbered = { number: number };

/**
 * Which two versions are compared, as the address says: `?from=6&to=7`. Without a `from` it is the one before; without
 * a `to` the newest.
 *
 * @param versions newest first
 */
export function useCompared(versions: readonly Numbered[]) {
  const path = usePathname();
  const params = useSearchParams();
  const numbers = versions.map(({ number }) => number);
  const asked = (name: string) => {
    const number = Number(params.get(name));
    return Number.isInteger(number) && number > 0 && number <= (numbers[0] ?? 0) ? number : null;
  };
  const to = asked("to") ?? numbers[0] ?? null;
  const before = to === null ? null : (numbers.find((number) => number < to) ?? (to > 1 ? to - 1 : null));
  const from = asked("from") ?? before;
  const compare = useCallback(
    (nextFrom: number | null, nextTo: number) => {
      const changed = new URLSearchParams(window.location.search);
      if (nextFrom === null) changed.delete("from");
      else changed.set("from", String(nextFrom));
      changed.set("to", String(nextTo));
      window.history.pushState(null, "", `${path}?${changed.toString()}`);
    },
    [path],
  );
  return { from, to, compare };
}
