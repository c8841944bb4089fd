"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { AdminAccountView, HealthView, InviteView, NewInviteView } from "./wire";

const rowsAtOnce = 50;

/** A page of the accounts, newest first. @param after the cursor of the page; empty for the newest */
export function useAccounts(q: string, after: string) {
  const query = new URLSearchParams({
    limit: String(rowsAtOnce),
    ...(q ? { q } : {}),
    ...(after ? { cursor: after } : {}),
  });
  return useQuery({
    queryKey: ["admin", "accounts", query.toString()],
    queryFn: ({ signal }) => fetchJson(`/v1/admin/accounts?${query.toString()}`, pageOf(AdminAccountView), { signal }),
    placeholderData: keepPreviousData,
  });
}

export type AccountChange = {
  id: string;
  plan?: string;
  is_frozen?: boolean;
  frozen_reason?: string;
  is_admin?: boolean;
};

export function useChangeAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, ...body }: AccountChange) =>
      (await fetchJson(`/v1/admin/accounts/${id}`, dataOf(AdminAccountView), { method: "PATCH", body })).data,
    // one's own account may be among them
    onSuccess: () =>
      Promise.all(["admin", "account", "billing"].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

type Grant = { accountId: string; amountUsd: number; note: string; key: string };

/** @param key the same for a try whose answer was lost: it grants nothing again */
export function useGrantCredit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ accountId, amountUsd, note, key }: Grant) =>
      fetchJson("/v1/admin/credits", z.unknown(), {
        method: "POST",
        headers: { "idempotency-key": key },
        body: { account_id: accountId, amount_usd: amountUsd, ...(note ? { note } : {}) },
      }),
    onSuccess: () => Promise.all(["admin", "billing"].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

export function useInvites(after: string) {
  const query = new URLSearchParams({ limit: String(rowsAtOnce), ...(after ? { cursor: after } : {}) });
  return useQuery({
    queryKey: ["admin", "invites", after],
    queryFn: ({ signal }) => fetchJson(`/v1/invites?${query.toString()}`, pageOf(InviteView), { signal }),
    placeholderData: keepPreviousData,
  });
}

export type NewInvite = {
  max_uses: number;
  expires_in_days: number | null;
  plan: string | null;
  credit_usd: number;
  note: string | null;
};

export function useCreateInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: NewInvite) =>
      (await fetchJson("/v1/invites", dataOf(NewInviteView), { method: "POST", body })).data,
    onSuccess: () => client.invalidateQueries({ queryKey: ["admin", "invites"] }),
  });
}

export function useRevokeInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => fetchJson(`/v1/invites/${id}`, z.unknown(), { method: "DELETE" }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["admin", "invites"] }),
  });
}

const healthEveryMs = 15_000;

export function useHealth() {
  return useQuery({
    queryKey: ["admin", "health"],
    queryFn: async ({ signal }) => (await fetchJson("/v1/admin/health", dataOf(HealthView), { signal })).data,
    refetchInterval: healthEveryMs,
  });
}
