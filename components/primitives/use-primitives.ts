"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { PrimitiveCounts, PrimitiveView } from "@/lib/compile/schemas";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { type PrimitiveFilter, toQuery } from "./use-primitive-filter";

const pageSize = 100;

export const primitivesPath = (face: string, rest = ""): string =>
  `/v1/faces/${encodeURIComponent(face)}/primitives${rest}`;

/** The statements of a face that fit the filter, component by component, pinned ones first, then by confidence. */
export function usePrimitives(face: string, filter: PrimitiveFilter) {
  return useInfiniteQuery({
    queryKey: ["primitives", face, "list", filter],
    queryFn: ({ pageParam, signal }) => {
      const query = toQuery(filter);
      query.set("order", "ring");
      query.set("limit", String(pageSize));
      if (pageParam) query.set("cursor", pageParam);
      return fetchJson(primitivesPath(face, `?${query.toString()}`), pageOf(PrimitiveView), { signal });
    },
    initialPageParam: "",
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : undefined),
    placeholderData: (before) => before,
  });
}

/** How many fit the filter, and how many each other choice would leave. */
export function usePrimitiveCounts(face: string, filter: PrimitiveFilter) {
  return useQuery({
    queryKey: ["primitives", face, "counts", filter],
    queryFn: async ({ signal }) =>
      (
        await fetchJson(primitivesPath(face, `/counts?${toQuery(filter).toString()}`), dataOf(PrimitiveCounts), {
          signal,
        })
      ).data,
    placeholderData: (before) => before,
  });
}

/** One statement with the sentences it rests on. @param id null asks for none */
export function usePrimitive(face: string, id: string | null) {
  return useQuery({
    queryKey: ["primitives", face, "one", id],
    queryFn: async ({ signal }) =>
      (await fetchJson(primitivesPath(face, `/${encodeURIComponent(id ?? "")}`), dataOf(PrimitiveView), { signal }))
        .data,
    enabled: id !== null,
  });
}
