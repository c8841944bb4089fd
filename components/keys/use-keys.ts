"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { type CreateKeyInput, KeyView, NewKeyView, type UpdateKeyInput } from "@/lib/keys/schemas";

const KeyPage = pageOf(KeyView);

/** The account's keys, newest first, a page at a time. @param withRevoked also those that are over */
export function useKeys(withRevoked: boolean) {
  return useInfiniteQuery({
    queryKey: ["keys", { withRevoked }],
    queryFn: ({ signal, pageParam }) =>
      fetchJson(
        `/v1/api-keys?limit=100${withRevoked ? "&revoked=true" : ""}${pageParam ? `&cursor=${pageParam}` : ""}`,
        KeyPage,
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : undefined),
    placeholderData: (before) => before,
  });
}

/** What is sent: amounts are dollars on the wire. */
export type KeyBody = Omit<Partial<z.input<typeof CreateKeyInput>>, "name"> & { name: string };
export type KeyChanges = z.input<typeof UpdateKeyInput>;

export function useCreateKey() {
  const refresh = useRefreshKeys();
  return useMutation({
    mutationFn: async (body: KeyBody) =>
      (await fetchJson("/v1/api-keys", dataOf(NewKeyView), { method: "POST", body })).data,
    onSuccess: refresh,
  });
}

export function useUpdateKey() {
  const refresh = useRefreshKeys();
  return useMutation({
    mutationFn: async ({ id, ...body }: KeyChanges & { id: string }) =>
      (await fetchJson(pathOf(id), dataOf(KeyView), { method: "PATCH", body })).data,
    onSuccess: refresh,
  });
}

export function useRotateKey() {
  const refresh = useRefreshKeys();
  return useMutation({
    mutationFn: async ({ id, hours }: { id: string; hours: number }) =>
      (await fetchJson(`${pathOf(id)}/rotate`, dataOf(NewKeyView), { method: "POST", body: { overlap_hours: hours } }))
        .data,
    onSuccess: refresh,
  });
}

export function useRevokeKey() {
  const refresh = useRefreshKeys();
  return useMutation({
    mutationFn: (id: string) => fetchJson(pathOf(id), z.unknown(), { method: "DELETE" }),
    onSuccess: refresh,
  });
}

const pathOf = (id: string) => `/v1/api-keys/${encodeURIComponent(id)}`;

function useRefreshKeys() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["keys"] });
}
