"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { BalanceView, CompileQuotaView } from "@/lib/billing/schemas";

export function useCompileQuota() {
  return useQuery({
    queryKey: ["billing", "quota"],
    queryFn: async ({ signal }) =>
      (await fetchJson("/v1/billing/compile-quota", dataOf(CompileQuotaView), { signal })).data,
  });
}

export function useBalance() {
  return useQuery({
    queryKey: ["billing", "balance"],
    queryFn: async ({ signal }) => (await fetchJson("/v1/billing/balance", dataOf(BalanceView), { signal })).data,
  });
}

/** Whether syncs go on with credit where the quota ends. */
export function useSetOverflow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (isEnabled: boolean) =>
      (
        await fetchJson("/v1/billing/compile-quota", dataOf(CompileQuotaView), {
          method: "PATCH",
          body: { overflow_enabled: isEnabled },
        })
      ).data,
    onSuccess: (quota) => client.setQueryData(["billing", "quota"], quota),
  });
}
