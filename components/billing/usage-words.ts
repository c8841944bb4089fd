import type { UsageReport, UsageRow } from "@/lib/billing/schemas";
import { countOf, formatCount } from "@/lib/format";
import { amountOf, formatAmount, type Measure } from "./usage-measure";

const dayMs = 24 * 60 * 60 * 1000;

/** "17 November": a day of the report, which counts days in UTC. */
export const dayName = (day: string): string => dayAs(day, { day: "numeric", month: "long" });

/** The same on an axis: "17 Nov", or "Nov 2025" where a year is too long for days to say which. */
export const dayMark = (day: string, days: number): string =>
  dayAs(day, days > 180 ? { month: "short", year: "numeric" } : { day: "numeric", month: "short" });

function dayAs(day: string, format: Intl.DateTimeFormatOptions): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { ...format, timeZone: "UTC" });
}

/** How a row is called on the page. */
export const rowName = (row: UsageRow): string => (row.day === undefined ? row.label : dayName(row.day));

/** What the chart shows, in one sentence or two: for whoever cannot see it, and for whoever is in a hurry. */
export function usageSentence(report: UsageReport, measure: Measure): string {
  const { rows, totals } = report;
  const total = amountOf(totals, measure);
  const days = Math.round((Date.parse(report.to) - Date.parse(report.from)) / dayMs);
  const span = days === 1 ? "On this day" : `In these ${formatCount(days)} days`;
  if (total === 0) return `${span} ${nothing(report, measure)}`;
  const all = formatAmount(total, measure);
  const was = measure === "cost" ? `${all} was spent` : `${all} tokens were read, written or compiled`;
  const [most] = rows.toSorted((one, other) => amountOf(other, measure) - amountOf(one, measure));
  if (most === undefined) return `${span} ${was}.`;
  return `${span} ${was}, ${mostly(most, formatAmount(amountOf(most, measure), measure), all, measure)}.`;
}

function mostly(row: UsageRow, amount: string, all: string, measure: Measure): string {
  const share = `${amount === all ? "all" : amount} of ${measure === "cost" ? "it" : "them"}`;
  if (row.day !== undefined) return `${share} on ${dayName(row.day)}`;
  if (row.face_id === null) return `${share} without a face`;
  if (row.api_key_id === null) return `${share} by people signed in, without a key`;
  if (row.api_key_id !== undefined) return `${share} with the key ${row.label}`;
  return `${share} by ${row.label}`;
}

function nothing({ totals }: UsageReport, measure: Measure): string {
  if (measure === "tokens") return "no tokens were used.";
  const work = [
    ...(totals.requests > 0 ? [countOf(totals.requests, "answer")] : []),
    ...(totals.compile_tokens > 0 ? [`${formatCount(totals.compile_tokens)} compiled tokens`] : []),
  ];
  return work.length === 0 ? "nothing was used." : `nothing was spent: ${work.join(" and ")} cost no credit.`;
}

/** What personas spared, and what that rests on; null where nothing can be said. */
export function savedSentence({ totals, traces_since }: UsageReport): string | null {
  const { saved } = totals;
  if (saved === null || saved.answers === 0) return null;
  const { answers, tokens_saved: tokens, whole_tokens: whole } = saved;
  const since = dayName(traces_since.slice(0, 10));
  const counted = `counted over ${countOf(answers, "answer")} since ${since}, whose traces are kept`;
  if (tokens < 0) {
    return `Personas took ${formatCount(-tokens)} tokens more than the short sources would have taken whole, ${counted}.`;
  }
  const percent = whole > 0 ? ` (${Math.floor((tokens / whole) * 100)}%)` : "";
  return `Sending personas instead of whole sources saved ${formatCount(tokens)} tokens${percent}, ${counted}.`;
}
