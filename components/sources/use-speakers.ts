"use client";

import { useMutation } from "@tanstack/react-query";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { SpeakersPreview } from "@/lib/documents/schemas";

/** Who speaks in a file, with a few lines of each. Nothing is stored. @param face username */
export function useSpeakers(face: string) {
  return useMutation({
    mutationFn: async (file: File) => {
      const form = new FormData();
      form.append("file", file);
      const path = `/v1/faces/${encodeURIComponent(face)}/speakers`;
      return (await fetchJson(path, dataOf(SpeakersPreview), { method: "POST", body: form })).data;
    },
  });
}
