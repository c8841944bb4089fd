"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { NoticeView, type UsageGroup, UsageReport } from "@/lib/billing/schemas";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";

export type UsageSpan = { from?: string; to?: string };

/** The address of a report, also as a file. */
export function usagePath(group: UsageGroup, span: UsageSpan, format?: "csv"): string {
  const query = new URLSearchParams({ group_by: group, ...span, ...(format ? { format } : {}) });
  return `/v1/billing/usage?${query.toString()}`;
}

/** What was used in a span; what was shown before stays until it is there. @param span null: not known yet */
export function useUsage(group: UsageGroup, span: UsageSpan | null) {
  return useQuery({
    queryKey: ["billing", "usage", group, span],
    queryFn: async ({ signal }) =>
      (await fetchJson(usagePath(group, span ?? {}), dataOf(UsageReport), { signal })).data,
    enabled: span !== null,
    placeholderData: keepPreviousData,
  });
}

/** What the account should know and nobody has read yet. */
export function useNotices() {
  return useQuery({
    queryKey: ["billing", "notices"],
    queryFn: async ({ signal }) =>
      (await fetchJson("/v1/billing/notices?unread=true&limit=20", pageOf(NoticeView), { signal })).data,
  });
}

/** Takes a notice off the page at once; if that was not stored, it is back with the next look. */
export function useReadNotice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => fetchJson(`/v1/billing/notices/${id}/read`, dataOf(NoticeView), { method: "POST" }),
    onMutate: (id) =>
      client.setQueryData<NoticeView[]>(["billing", "notices"], (notices) => notices?.filter((each) => each.id !== id)),
    onSettled: () => client.invalidateQueries({ queryKey: ["billing", "notices"] }),
  });
}
