import { billingText as text } from "@/components/strings/billing";
import type { QuotaForecast } from "@/lib/billing/schemas";
import { formatCount, formatDay, formatUsd } from "@/lib/format";

const dayMs = 24 * 60 * 60 * 1000;

/** Where the quota is heading, in a sentence or two; `<b>` marks what matters. */
export function burnDownWords(quota: QuotaForecast, isOverflowOn: boolean): string {
  const { forecast, reason } = quota;
  const [used, limit] = [formatCount(quota.tokens_used), formatCount(quota.tokens_limit)];
  const renews = quota.ends_at === null ? null : formatDay(quota.ends_at);
  if (reason === "used_up") return text.burnUsedUp(limit, renews);
  if (reason === "quiet") return text.burnQuiet(used, limit);
  if (forecast === null) return text.burnTooLittle(used, limit);
  const pace = formatCount(forecast.tokens_per_day);
  if (forecast.runs_out_at === null) return text.burnLasts(pace, renews);
  const day = formatDay(forecast.runs_out_at);
  return `${text.burnRunsOut({ pace, day, before: beforeRenewal(quota, forecast.runs_out_at) })} ${afterwards(forecast.credit_usd_per_day, isOverflowOn)}`;
}

function beforeRenewal({ ends_at }: QuotaForecast, runsOut: string): string | null {
  if (ends_at === null) return null;
  const days = Math.round((Date.parse(ends_at) - Date.parse(runsOut)) / dayMs);
  return days < 1 ? null : text.daysBefore(days);
}

function afterwards(usdPerDay: number | null, isOverflowOn: boolean): string {
  if (!isOverflowOn) return text.burnThenStops;
  return usdPerDay === null ? text.burnThenFree : text.burnThenCredit(formatUsd(usdPerDay));
}

/** The same without marks, to be read out. */
export const withoutMarks = (words: string): string => words.replace(/<\/?b>/g, "");
