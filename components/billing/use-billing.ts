"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
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

type Grant = { accountId: string | null; amountUsd: number };

/** Only for admins of the installation. Without an account id the credit goes to the admin's own. */
export function useGrantCredit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ accountId, amountUsd }: Grant) =>
      fetchJson("/v1/admin/credits", z.unknown(), {
        method: "POST",
        body: { ...(accountId ? { account_id: accountId } : {}), amount_usd: amountUsd },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["billing"] }),
  });
}
