import type { QuotaDay, QuotaForecast } from "./schemas";

const dayMs = 24 * 60 * 60 * 1000;
/** The pace is that of the last days, so many. */
const paceDays = 7;
/** The slowest and the fastest week are looked for in so many days. */
export const lookBackDays = 56;
/** Fewer days with compiling than that say nothing about the next ones. */
const leastActiveDays = 3;
/** Further ahead nothing is said. */
const farthestDays = 365;

/** Source tokens that were compiled on a day, by quota and by credit. */
export type CompiledDay = { day: string; tokens: number };

type Known = {
  now: Date;
  endsAt: Date | null;
  tokensLimit: number;
  tokensUsed: number;
  /** of the last {@link lookBackDays} days, without gaps, the last one today's */
  compiled: readonly CompiledDay[];
  /** what a token costs past the quota, in USD; null: nothing is compiled there, or it costs nothing */
  usdPerToken: number | null;
};

/**
 * An estimate of when the quota is used up: the tokens of the last seven days, today among them, go on as they were.
 * The slowest and the fastest week in a row of the last eight bound it.
 *
 * Compiling comes in bursts, so that after fewer than three days of it nothing is said.
 */
export function forecastQuota(known: Known): Pick<QuotaForecast, "forecast" | "reason"> {
  const { now, endsAt, tokensLimit, tokensUsed, usdPerToken } = known;
  const days = known.compiled.map(({ tokens }) => tokens);
  const left = tokensLimit - tokensUsed;
  if (left <= 0) return { forecast: null, reason: "used_up" };
  if (days.filter((tokens) => tokens > 0).length < leastActiveDays) return { forecast: null, reason: "too_little" };
  const weeks = weeksOf(days);
  const perDay = weeks.at(-1) ?? 0;
  if (perDay === 0) return { forecast: null, reason: "quiet" };
  const runsOut = now.getTime() + (left / perDay) * dayMs;
  const horizon = endsAt?.getTime() ?? now.getTime() + farthestDays * dayMs;
  return {
    reason: null,
    forecast: {
      tokens_per_day: Math.round(perDay),
      slowest_per_day: Math.round(Math.min(...weeks)),
      fastest_per_day: Math.round(Math.max(...weeks)),
      runs_out_at: runsOut < horizon ? new Date(runsOut).toISOString() : null,
      credit_usd_per_day: usdPerToken === null ? null : Number((usdPerToken * perDay).toFixed(6)),
    },
  };
}

/** Tokens a day of each seven days in a row, from the first day on that had any. */
function weeksOf(days: readonly number[]): number[] {
  const first = days.findIndex((tokens) => tokens > 0);
  const known = days.slice(first);
  // what began less than a week ago is spread over the days that there were
  if (known.length <= paceDays) return [sum(known) / known.length];
  return known.slice(paceDays - 1).map((_day, at) => sum(known.slice(at, at + paceDays)) / paceDays);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** What was taken from the quota on days that follow each other, and what it had lost after each. */
export function quotaDays(
  days: readonly string[],
  { taken, returned, before }: { taken: Map<string, number>; returned: Map<string, number>; before: number },
): QuotaDay[] {
  let used = before;
  return days.map((day) => {
    const change = { taken: taken.get(day) ?? 0, returned: returned.get(day) ?? 0 };
    used += change.taken - change.returned;
    return { day, ...change, used };
  });
}
