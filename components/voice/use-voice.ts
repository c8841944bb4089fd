"use client";

import { useQuery } from "@tanstack/react-query";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { Voice } from "@/lib/compile/schemas";

/** How a face speaks; null before a conversation was compiled. @param face username */
export function useVoice(face: string) {
  return useQuery({
    queryKey: ["voice", face],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/v1/faces/${encodeURIComponent(face)}/voice`, dataOf(Voice.nullable()), { signal })).data,
  });
}
