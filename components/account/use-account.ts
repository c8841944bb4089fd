"use client";

import { useQuery } from "@tanstack/react-query";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { AccountView } from "./wire";

/** Who is signed in. */
export function useAccount() {
  return useQuery({
    queryKey: ["account"],
    queryFn: async ({ signal }) => (await fetchJson("/v1/account", dataOf(AccountView), { signal })).data,
    staleTime: 60_000,
  });
}
