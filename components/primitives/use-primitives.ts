"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { PrimitiveView } from "@/lib/compile/schemas";
import type { UpdatePrimitiveInput } from "@/lib/compile/schemas";

export type PrimitiveFilter = { component: string; q: string; document: string };

const pageSize = 100;

/** The statements of a face that fit the filter, pinned ones first, then by confidence. */
export function usePrimitives(face: string, filter: PrimitiveFilter) {
  return useInfiniteQuery({
    queryKey: ["primitives", face, filter],
    queryFn: ({ pageParam, signal }) =>
      fetchJson(
        `/v1/faces/${encodeURIComponent(face)}/primitives?${toQuery(filter, pageParam)}`,
        pageOf(PrimitiveView),
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : undefined),
    placeholderData: (before) => before,
  });
}

function toQuery(filter: PrimitiveFilter, cursor: string): string {
  const query = new URLSearchParams({ limit: String(pageSize) });
  for (const [name, value] of Object.entries({ ...filter, cursor })) if (value) query.set(name, value);
  return query.toString();
}

/** One statement with the sentences it rests on. @param id null asks for none */
export function usePrimitive(face: string, id: string | null) {
  return useQuery({
    queryKey: ["primitives", face, "one", id],
    queryFn: async ({ signal }) =>
      (
        await fetchJson(
          `/v1/faces/${encodeURIComponent(face)}/primitives/${encodeURIComponent(id ?? "")}`,
          dataOf(PrimitiveView),
          { signal },
        )
      ).data,
    enabled: id !== null,
  });
}

export type PrimitiveChange = UpdatePrimitiveInput;

/** The owner's word on a statement: its wording and kind, accepted, pinned, or kept out of conversations. */
export function useUpdatePrimitive(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, ...change }: UpdatePrimitiveInput & { id: string }) =>
      (
        await fetchJson(`/v1/faces/${encodeURIComponent(face)}/primitives/${id}`, dataOf(PrimitiveView), {
          method: "PATCH",
          body: change,
        })
      ).data,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["primitives", face] }),
        client.invalidateQueries({ queryKey: ["face", face] }),
      ]),
  });
}
