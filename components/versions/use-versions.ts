"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { refreshFace } from "@/components/sources/use-documents";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { VersionDiff } from "@/lib/compile/schemas";
import { VersionView } from "./wire";

const pathOf = (face: string, rest = ""): string => `/v1/faces/${encodeURIComponent(face)}/versions${rest}`;

/** Every compiled state of a face, the newest first. @param face username */
export function useVersions(face: string) {
  return useInfiniteQuery({
    queryKey: ["versions", face],
    queryFn: ({ pageParam, signal }) =>
      fetchJson(
        pathOf(face, `?limit=20${pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : ""}`),
        pageOf(VersionView),
        {
          signal,
        },
      ),
    initialPageParam: "",
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : undefined),
  });
}

/** What changed from one version to another. Versions do not change, but texts in them can be deleted. */
export function useVersionDiff(face: string, from: number, to: number) {
  return useQuery({
    queryKey: ["versions", face, "diff", from, to],
    queryFn: async ({ signal }) =>
      (await fetchJson(pathOf(face, `/${from}/diff/${to}`), dataOf(VersionDiff), { signal })).data,
    enabled: from !== to && from > 0 && to > 0,
  });
}

export function useRestoreVersion(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (number: number) =>
      (await fetchJson(pathOf(face, `/${number}/restore`), dataOf(VersionView), { method: "POST" })).data,
    onSuccess: () => refreshFace(client, face),
  });
}
