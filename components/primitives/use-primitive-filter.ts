"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";

/** What of the statements is shown, as the address bar has it; an empty text asks for everything. */
export type PrimitiveFilter = {
  component: string;
  q: string;
  document: string;
  state: string;
  /** predicate */
  kind: string;
  /** percent */
  sure: string;
  /** pinned | edited | tension */
  mark: string;
};

const names = ["component", "q", "document", "state", "kind", "sure", "mark"] as const;
/** Those that stand in the row of filters. */
export const choiceNames = ["state", "mark", "document", "kind", "sure"] as const;

export function usePrimitiveFilter() {
  const path = usePathname();
  const params = useSearchParams();
  const filter = useMemo(
    () => Object.fromEntries(names.map((name) => [name, params.get(name) ?? ""])) as PrimitiveFilter,
    [params],
  );
  const change = useCallback(
    (part: Partial<PrimitiveFilter>) => {
      const changed = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(part)) {
        if (value) changed.set(name, value);
        else changed.delete(name);
      }
      window.history.replaceState(null, "", `${path}?${changed.toString()}`);
    },
    [path],
  );
  return { filter, change };
}

/** The filter as the API asks for it. */
export function toQuery({ component, q, document, state, kind, sure, mark }: PrimitiveFilter): URLSearchParams {
  const query = new URLSearchParams();
  const values = {
    component,
    q: q.trim(),
    document,
    state,
    predicate: kind,
    min_confidence: sure === "" ? "" : String(Number(sure) / 100),
    ...(mark ? { [mark]: "true" } : {}),
  };
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value);
  return query;
}

export const isFiltered = (filter: PrimitiveFilter): boolean => names.some((name) => filter[name].trim() !== "");
