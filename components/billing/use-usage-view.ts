"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type FilterName, readUsageView, type UsageView, writeUsageView } from "./usage-view";

/** Changing one of these looks at something else: back undoes it. The others only look at it differently. */
const steps: ReadonlySet<keyof UsageView> = new Set(["filter", "day", "range", "rows", "after"]);

/** What of the usage is looked at, and how to look at something else. */
export function useUsageView() {
  const path = usePathname();
  const params = useSearchParams();
  const view = useMemo(() => readUsageView(new URLSearchParams(params.toString())), [params]);

  const change = useCallback(
    (changes: Partial<UsageView>) => {
      const now = new URLSearchParams(window.location.search);
      const isStep = Object.keys(changes).some((name) => steps.has(name as keyof UsageView));
      // other rows begin at their newest
      const after = isStep || "entries" in changes ? { after: changes.after ?? null } : {};
      const query = writeUsageView({ ...readUsageView(now), ...changes, ...after }, now).toString();
      const address = (query ? `${path}?${query}` : path) + window.location.hash;
      if (isStep) window.history.pushState(null, "", address);
      else window.history.replaceState(null, "", address);
    },
    [path],
  );

  const toggleFilter = useCallback(
    (name: FilterName, value: string) => {
      const { filter } = readUsageView(new URLSearchParams(window.location.search));
      const { [name]: chosen, ...rest } = filter;
      change({ filter: chosen === value ? rest : { ...rest, [name]: value } });
    },
    [change],
  );

  return { view, change, toggleFilter };
}
export type UsageViewState = ReturnType<typeof useUsageView>;
