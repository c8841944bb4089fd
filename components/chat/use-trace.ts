"use client";

import { useQuery } from "@tanstack/react-query";
import { ApiError, dataOf, fetchJson } from "@/lib/http/fetch-json";
import { TraceView } from "./wire";

/** What really went into one answer. Kept by the server for a while; it never changes. @param id "" asks for nothing */
export function useTrace(id: string, isAsked = true) {
  return useQuery({
    queryKey: ["trace", id],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/v1/traces/${encodeURIComponent(id)}`, dataOf(TraceView), { signal })).data,
    enabled: id !== "" && isAsked,
    staleTime: Infinity,
    // It is written when the answer is settled, a moment after its last word.
    retry: (failures, error) =>
      failures < 4 && error instanceof ApiError && (error.status === 404 || error.status >= 500),
    retryDelay: 500,
  });
}
