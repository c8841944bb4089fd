"use client";

import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { EmbedView } from "@/lib/embed/schemas";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";

/** What of a page its owner may change, as the route takes it. */
export type EmbedChange = Partial<
  Pick<
    EmbedView,
    | "is_enabled"
    | "is_public"
    | "origins"
    | "theme"
    | "greeting"
    | "disclosure"
    | "suggestions"
    | "visitor_messages_per_day"
    | "budget_usd"
  >
> & { reset_spent?: boolean };

const keyOf = (face: string) => ["embed", face];
const pathOf = (face: string, rest = ""): string => `/v1/faces/${encodeURIComponent(face)}/embed${rest}`;

/** A face's page for visitors; null: none was made. @param face username */
export function useEmbed(face: string) {
  return useQuery({
    queryKey: keyOf(face),
    queryFn: async ({ signal }) => (await fetchJson(pathOf(face), dataOf(EmbedView.nullable()), { signal })).data,
  });
}

/** Makes the page, or changes of it what is given; what is seen changes at once, and back when it is refused. */
export function useSaveEmbed(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: EmbedChange) =>
      (await fetchJson(pathOf(face), dataOf(EmbedView), { method: "PUT", body: change })).data,
    onMutate: async ({ reset_spent, ...change }) => {
      await client.cancelQueries({ queryKey: keyOf(face) });
      const before = client.getQueryData<EmbedView | null>(keyOf(face)) ?? null;
      if (before !== null) {
        client.setQueryData(keyOf(face), { ...before, ...change, ...(reset_spent ? { spent_usd: 0 } : {}) });
      }
      return { before };
    },
    onError: (_error, _change, context) => {
      if (context !== undefined) client.setQueryData(keyOf(face), context.before);
    },
    onSuccess: (saved) => client.setQueryData(keyOf(face), saved),
  });
}

export function useRotateEmbed(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => (await fetchJson(pathOf(face, "/rotate"), dataOf(EmbedView), { method: "POST" })).data,
    onSuccess: (saved) => client.setQueryData(keyOf(face), saved),
  });
}

const Deleted = z.object({ id: z.string(), deleted: z.literal(true) });

export function useDeleteEmbed(face: string) {
  const client: QueryClient = useQueryClient();
  return useMutation({
    mutationFn: async () => (await fetchJson(pathOf(face), dataOf(Deleted), { method: "DELETE" })).data,
    onSuccess: () => client.setQueryData(keyOf(face), null),
  });
}
