"use client";

import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { PrimitiveView } from "@/lib/compile/schemas";
import { fetchJson, pageOf } from "@/lib/http/fetch-json";

const Statements = pageOf(PrimitiveView);

/** Every statement that rests on a text, in its reading order. @param face username */
export function useDocumentStatements(face: string, document: string, isThere: boolean) {
  return useQuery({
    queryKey: ["statements-of-text", face, document],
    queryFn: async ({ signal }) => {
      const all: PrimitiveView[] = [];
      let cursor: string | null = null;
      do {
        const query: string = `document=${document}&limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`;
        const page: z.infer<typeof Statements> = await fetchJson(
          `/v1/faces/${encodeURIComponent(face)}/primitives?${query}`,
          Statements,
          { signal },
        );
        all.push(...page.data);
        cursor = page.has_more ? (page.next_cursor ?? null) : null;
      } while (cursor);
      const startOf = ({ provenance }: PrimitiveView): number =>
        Math.min(...provenance.filter(({ document_id }) => document_id === document).map(({ start }) => start));
      return all.sort((a, b) => startOf(a) - startOf(b));
    },
    enabled: isThere,
  });
}
