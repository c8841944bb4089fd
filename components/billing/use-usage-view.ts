"use client";

import { UsageGroup } from "@/lib/billing/schemas";
import { useNow } from "@/components/ui/use-now";
import { useUrlState } from "@/components/ui/use-url-state";
import type { Measure } from "./usage-measure";
import type { UsageSpan } from "./use-usage";

const dayMs = 24 * 60 * 60 * 1000;
export const ranges = ["7", "30", "90", "365", "custom"] as const;
export type Range = (typeof ranges)[number];

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/**
 * The span that is asked for, in days of UTC.
 *
 * @param last the last day of a chosen span, which people count in; the API's `to` is the day after
 * @param now epoch milliseconds
 * @returns null: the dates make no span
 */
export function spanOf(range: Range, first: string, last: string, now: number): UsageSpan | null {
  if (range === "custom") {
    if (!isDay(first) || !isDay(last)) return null;
    const to = Date.parse(last) + dayMs;
    const days = (to - Date.parse(first)) / dayMs;
    return days < 1 || days > 366 ? null : { from: first, to: isoDay(to) };
  }
  const to = (Math.floor(now / dayMs) + 1) * dayMs;
  return { from: isoDay(to - Number(range) * dayMs), to: isoDay(to) };
}

/** What of the usage is looked at, and how: all of it stands in the address bar. */
export function useUsageView() {
  const now = useNow();
  const [by, setBy] = useUrlState("by");
  const [range, setRange] = useUrlState("range");
  const [first, setFirst] = useUrlState("from");
  const [last, setLast] = useUrlState("to");
  const [measure, setMeasure] = useUrlState("in");
  const [view, setView] = useUrlState("view");
  const group: UsageGroup = UsageGroup.safeParse(by).data ?? "day";
  const chosen: Range = ranges.find((each) => each === range) ?? "30";
  const span = now === 0 ? null : spanOf(chosen, first, last, now);
  return {
    group,
    setGroup: (next: UsageGroup) => setBy(next === "day" ? "" : next),
    range: chosen,
    setRange: (next: Range) => {
      setRange(next === "30" ? "" : next);
      // the dates begin as what was shown before
      const shown = next === "custom" ? span : null;
      setFirst(shown?.from ?? "");
      setLast(shown?.to ? isoDay(Date.parse(shown.to) - dayMs) : "");
    },
    first,
    setFirst,
    last,
    setLast,
    /** null: not known yet, or no span */
    span,
    isSpan: span !== null || now === 0,
    /** null: whichever says more */
    measure: measure === "cost" || measure === "tokens" ? (measure as Measure) : null,
    setMeasure: (next: Measure) => setMeasure(next),
    isTable: view === "table",
    setIsTable: (next: boolean) => setView(next ? "table" : ""),
  };
}
export type UsageViewState = ReturnType<typeof useUsageView>;
