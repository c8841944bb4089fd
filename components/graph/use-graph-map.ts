"use client";

import { useQuery } from "@tanstack/react-query";
import { GraphMap } from "@/lib/compile/schemas";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { toDrawnGraph } from "./drawn-graph";

/** A face's whole graph, ready to be drawn. @param face username */
export function useGraphMap(face: string) {
  return useQuery({
    // with the statements: what changes them changes the drawing
    queryKey: ["primitives", face, "map"],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/v1/faces/${encodeURIComponent(face)}/graph/map`, dataOf(GraphMap), { signal })).data,
    // the same graph read again is the same drawing: whoever looks at a place in it stays there
    select: toDrawnGraph,
  });
}
