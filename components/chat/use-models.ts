"use client";

import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/lib/http/fetch-json";
import { ModelList } from "./wire";

/** The engine that quotes: free, and not a language model. */
export const builtinModel = "builtin";

/** Every model that this installation can serve. */
export function useModels() {
  return useQuery({
    queryKey: ["models"],
    queryFn: async ({ signal }) => (await fetchJson("/v1/models", ModelList, { signal })).data,
    staleTime: 60_000,
  });
}
