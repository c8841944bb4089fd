"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Fidelity } from "@/lib/compile/schemas";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";

const Answer = dataOf(Fidelity.nullable());
const pathOf = (face: string): string => `/v1/faces/${encodeURIComponent(face)}/fidelity`;

/** How well a face holds what its texts say; null before the first sync. @param face username */
export function useFidelity(face: string) {
  return useQuery({
    queryKey: ["fidelity", face],
    queryFn: async ({ signal }) => (await fetchJson(pathOf(face), Answer, { signal })).data,
  });
}

/** Measures it as it is now. */
export function useMeasure(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => (await fetchJson(pathOf(face), Answer, { method: "POST" })).data,
    onSuccess: (fidelity) => client.setQueryData(["fidelity", face], fidelity),
  });
}
