"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { PaymentStep, SubscriptionView } from "./wire";

export function useSubscription() {
  return useQuery({
    queryKey: ["billing", "subscription"],
    queryFn: async ({ signal }) =>
      (await fetchJson("/v1/billing/subscription", dataOf(SubscriptionView), { signal })).data,
  });
}

export type Payment = { path: string; body?: unknown };

/** Begins a payment, a change of plan or its end; goes on at the provider's page where there is one. */
export function usePayment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ path, body }: Payment) =>
      (await fetchJson(path, dataOf(PaymentStep), { method: "POST", ...(body === undefined ? {} : { body }) })).data,
    onSuccess: ({ url }) => {
      if (url) location.assign(url);
      else return client.invalidateQueries({ queryKey: ["billing"] });
    },
  });
}
