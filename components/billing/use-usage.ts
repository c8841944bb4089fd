"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  NoticeView,
  QuotaForecast,
  type SpanQuery,
  type UsageGroup,
  UsageReport,
  type UsageSplit,
  type WorkFilter,
  WorkView,
} from "@/lib/billing/schemas";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { LedgerEntryView } from "./wire";

/** What is not there is not asked for. */
function queryOf(fields: Record<string, string | undefined>): string {
  const known = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return new URLSearchParams(known).toString();
}

/** What of the usage is meant. */
export type UsageAsked = { span: SpanQuery; filter?: WorkFilter };

/** The address of a report, also as a file. */
export function usagePath(
  group: UsageGroup,
  { span, filter = {} }: UsageAsked,
  more: { split_by?: UsageSplit; format?: "csv" } = {},
): string {
  return `/v1/billing/usage?${queryOf({ group_by: group, ...span, ...filter, ...more })}`;
}

/** What was used in a span; what was shown before stays until it is there. @param asked null: not known yet */
export function useUsage(group: UsageGroup, asked: UsageAsked | null, split?: UsageSplit) {
  const path = asked === null ? null : usagePath(group, asked, split === undefined ? {} : { split_by: split });
  return useQuery({
    queryKey: ["billing", "usage", group, path],
    queryFn: async ({ signal }) => (await fetchJson(path ?? "", dataOf(UsageReport), { signal })).data,
    enabled: path !== null,
    placeholderData: keepPreviousData,
  });
}

const rowsAtOnce = 15;

/** A page of the rows behind the numbers. */
export function useWork(asked: UsageAsked | null, after: string | null) {
  const query = queryOf({ ...asked?.span, ...asked?.filter, limit: String(rowsAtOnce), cursor: after ?? undefined });
  return useQuery({
    queryKey: ["billing", "work", query],
    queryFn: ({ signal }) => fetchJson(`/v1/billing/usage/records?${query}`, pageOf(WorkView), { signal }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
}

/** The kinds of entries that move money; the others hold it, or let it go. */
const moves = "grant,topup,refund,charge,reversal";

/** A page of the ledger, newest first. @param span by its ends: null: not known yet */
export function useLedger(
  asked: { span: { from: string; to: string }; filter: WorkFilter; entries: "money" | "all" } | null,
  after: string | null,
) {
  const { kind, api_key_id: key, ...filter } = asked?.filter ?? {};
  const query = queryOf({
    ...asked?.span,
    ...filter,
    ...{ work: kind, work_key_id: key, cursor: after ?? undefined },
    ...{ kinds: asked?.entries === "money" ? moves : undefined, order: "desc", limit: String(rowsAtOnce) },
  });
  return useQuery({
    queryKey: ["billing", "ledger", query],
    queryFn: ({ signal }) => fetchJson(`/v1/billing/statement?${query}`, pageOf(LedgerEntryView), { signal }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
}

/** How the quota went day by day, and where it is heading. */
export function useQuotaForecast() {
  return useQuery({
    queryKey: ["billing", "quota-forecast"],
    queryFn: async ({ signal }) =>
      (await fetchJson("/v1/billing/compile-quota/forecast", dataOf(QuotaForecast), { signal })).data,
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
