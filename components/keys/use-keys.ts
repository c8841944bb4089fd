"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { KeyView, NewKey } from "./wire";

export function useKeys() {
  return useQuery({
    queryKey: ["keys"],
    queryFn: async ({ signal }) => (await fetchJson("/v1/api-keys?limit=100", pageOf(KeyView), { signal })).data,
  });
}

export type KeyInput = { name: string; budget_usd?: number; expires_in_days?: number };

export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: KeyInput) =>
      (await fetchJson("/v1/api-keys", dataOf(NewKey), { method: "POST", body: input })).data,
    onSuccess: () => client.invalidateQueries({ queryKey: ["keys"] }),
  });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => fetchJson(`/v1/api-keys/${encodeURIComponent(id)}`, z.unknown(), { method: "DELETE" }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["keys"] }),
  });
}
