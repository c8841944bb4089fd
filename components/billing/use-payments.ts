"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { PlanView } from "@/lib/payments/schemas";
import { PaymentStep, SubscriptionView } from "./wire";

/** What each plan holds. */
export function usePlans() {
  return useQuery({
    queryKey: ["billing", "plans"],
    queryFn: async ({ signal }) => (await fetchJson("/v1/billing/plans", dataOf(z.array(PlanView)), { signal })).data,
    staleTime: 10 * 60_000,
  });
}

/** What the account pays for. Back from the provider's page, what was paid there holds at once. */
export function useSubscription() {
  const client = useQueryClient();
  return useQuery({
    queryKey: ["billing", "subscription"],
    queryFn: async ({ signal }) => {
      const session = takeSession();
      const query = session === null ? "" : `?session_id=${encodeURIComponent(session)}`;
      const { data } = await fetchJson(`/v1/billing/subscription${query}`, dataOf(SubscriptionView), { signal });
      if (session !== null) {
        const isOther = ({ queryKey: [area, what] }: { queryKey: readonly unknown[] }) =>
          area === "billing" && what !== "subscription";
        void client.invalidateQueries({ predicate: isOther });
      }
      return data;
    },
  });
}

/** The checkout that this page was come back to from; asked about once, so that reloading asks nothing. */
function takeSession(): string | null {
  const url = new URL(location.href);
  const session = url.searchParams.get("session_id");
  if (session === null) return null;
  url.searchParams.delete("session_id");
  history.replaceState(history.state, "", url);
  return session;
}

/** Makes one press one charge, also when its answer is lost and it is pressed again. */
export function newPaymentKey(): string {
  // not randomUUID, which pages without TLS do not have
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export type Payment = { path: string; body?: unknown; key?: string };

/** Begins a payment, a change of plan or its end; goes on at the provider's page where there is one. */
export function usePayment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ path, body, key }: Payment) => {
      const headers: Record<string, string> = key === undefined ? {} : { "idempotency-key": key };
      const options = { method: "POST", headers, ...(body === undefined ? {} : { body }) } as const;
      return (await fetchJson(path, dataOf(PaymentStep), options)).data;
    },
    onSuccess: ({ url }) => {
      if (url) location.assign(url);
      else return client.invalidateQueries({ queryKey: ["billing"] });
    },
  });
}
