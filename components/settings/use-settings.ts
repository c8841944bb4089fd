"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { SessionView, SettingsView, WalletView } from "./wire";

const settingsKey = ["account", "settings"];

/** The account with what only its owner sets. Under the account's key, so that a change renews both. */
export function useSettings() {
  return useQuery({
    queryKey: settingsKey,
    queryFn: async ({ signal }) => (await fetchJson("/v1/account", dataOf(SettingsView), { signal })).data,
  });
}

export type AccountChange = {
  name?: string | null;
  email?: string | null;
  password?: string | null;
  current_password?: string;
};

export function useChangeAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: AccountChange) =>
      (await fetchJson("/v1/account", dataOf(SettingsView), { method: "PATCH", body })).data,
    onSuccess: (account) => {
      client.setQueryData(settingsKey, account);
      void client.invalidateQueries({ queryKey: ["account"] });
      void client.invalidateQueries({ queryKey: ["sessions"] });
    },
  });
}

export function useWallets() {
  return useQuery({
    queryKey: ["wallets"],
    queryFn: async ({ signal }) =>
      (await fetchJson("/v1/account/wallets", dataOf(z.array(WalletView)), { signal })).data,
  });
}

/** After a wallet came or went: who can sign in is told in several places. */
export function useWalletsChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all(["wallets", "account", "sessions"].map((key) => client.invalidateQueries({ queryKey: [key] })));
}

const Unlinked = z.object({ sessions_ended: z.number() });

export function useUnlinkWallet() {
  const changed = useWalletsChanged();
  return useMutation({
    mutationFn: async (address: string) =>
      (await fetchJson(`/v1/account/wallets/${address}`, dataOf(Unlinked), { method: "DELETE" })).data,
    onSuccess: changed,
  });
}

export function useSessions() {
  return useInfiniteQuery({
    queryKey: ["sessions"],
    initialPageParam: "",
    queryFn: ({ signal, pageParam }) =>
      fetchJson(`/v1/account/sessions?limit=50${pageParam ? `&cursor=${pageParam}` : ""}`, pageOf(SessionView), {
        signal,
      }),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? null,
  });
}

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => fetchJson(`/v1/account/sessions/${id}`, z.unknown(), { method: "DELETE" }),
    onSettled: () => client.invalidateQueries({ queryKey: ["sessions"] }),
  });
}

export function useEndOtherSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () =>
      (await fetchJson("/v1/account/sessions", dataOf(z.object({ revoked: z.number() })), { method: "DELETE" })).data,
    onSettled: () => client.invalidateQueries({ queryKey: ["sessions"] }),
  });
}

export function useDeleteAccount() {
  return useMutation({
    mutationFn: (body: { password: string } | { confirm: string }) =>
      fetchJson("/v1/account", z.unknown(), { method: "DELETE", body }),
  });
}
