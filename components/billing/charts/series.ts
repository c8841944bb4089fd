import type { UsageReport, UsageSplit } from "@/lib/billing/schemas";
import { billingText } from "@/components/strings/billing";
import { amountOf, type Measure, partOf } from "../usage-measure";

/** How a part of a bar is filled: told apart in greyscale by how dark it is and by its hatching. */
export type Fill = "full" | "light" | "hatched" | "grey" | "dotted" | "pale";
const fills: readonly Fill[] = ["full", "light", "hatched", "grey", "dotted"];

/** One part of every bar, from the bottom up. */
export type Series = { key: string; label: string; fill: Fill };
/** The heights of a day's parts, in the order of the series. */
export type DayBar = { day: string; total: number; parts: number[] };

/** Stands for many: it leads to nothing. */
export const othersKey = "others";
const mostSeries = fills.length;

/** The days of a report as stacked bars: the five greatest parts, and the rest as one. */
export function stackedDays(
  report: UsageReport,
  split: UsageSplit,
  measure: Measure,
): { series: Series[]; days: DayBar[] } {
  const parts = (report.totals.parts ?? [])
    .filter((part) => partOf(part, measure) > 0)
    .toSorted((one, other) => partOf(other, measure) - partOf(one, measure));
  // one more than fits may as well stand there itself
  const shown = parts.length <= mostSeries + 1 ? parts : parts.slice(0, mostSeries);
  const rest = parts.length - shown.length;
  const series = shown.map((part, at): Series => ({
    key: part.key,
    label: nameOf(part.key, part.label, split),
    fill: fills[at] ?? "pale",
  }));
  if (rest > 0) series.push({ key: othersKey, label: billingText.others(rest), fill: "pale" });
  const days = report.rows.map((row): DayBar => {
    const total = amountOf(row, measure);
    const amounts = new Map((row.parts ?? []).map((part) => [part.key, partOf(part, measure)]));
    const known = shown.map(({ key }) => amounts.get(key) ?? 0);
    const others = total - known.reduce((sum, each) => sum + each, 0);
    return { day: row.day ?? "", total, parts: rest > 0 ? [...known, Math.max(0, others)] : known };
  });
  return { series, days };
}

/** A part as people call it. */
export function nameOf(key: string, label: string, split: UsageSplit): string {
  return split === "kind" && key in billingText.kinds
    ? billingText.kinds[key as keyof typeof billingText.kinds]
    : label;
}
