"use client";

import { useQuery } from "@tanstack/react-query";
import { SpokenVoice } from "@/lib/compile/schemas";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";

/** How a face speaks; null before a conversation was compiled. @param face username */
export function useVoice(face: string) {
  return useQuery({
    queryKey: ["voice", face],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/v1/faces/${encodeURIComponent(face)}/voice`, dataOf(SpokenVoice.nullable()), { signal })).data,
  });
}
