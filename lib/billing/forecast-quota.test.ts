import { describe, expect, test } from "vitest";
import { type CompiledDay, forecastQuota, quotaDays } from "./forecast-quota";

const now = new Date("2026-11-21T12:00:00Z");
const endsAt = new Date("2026-12-05T00:00:00Z");

/** The last days of tokens, today's last, behind days without any. */
function lastDays(...tokens: number[]): CompiledDay[] {
  const all = [...Array.from({ length: 56 - tokens.length }, () => 0), ...tokens];
  return all.map((each, at) => ({ day: String(at), tokens: each }));
}

function forecast(compiled: CompiledDay[], more: Partial<Parameters<typeof forecastQuota>[0]> = {}) {
  return forecastQuota({ now, endsAt, tokensLimit: 10_000, tokensUsed: 4_000, compiled, usdPerToken: null, ...more });
}

describe("a forecast", () => {
  test("goes on at the pace of the last seven days", () => {
    const { forecast: found } = forecast(lastDays(9_000, 700, 700, 700, 700, 700, 700, 700));
    expect(found).toMatchObject({ tokens_per_day: 700, runs_out_at: "2026-11-30T01:42:51.428Z" });
  });

  test("is bounded by the slowest and the fastest week since compiling began", () => {
    const { forecast: found } = forecast(lastDays(...Array(7).fill(100), ...Array(7).fill(500), ...Array(7).fill(200)));
    expect(found).toMatchObject({ tokens_per_day: 200, slowest_per_day: 100, fastest_per_day: 500 });
  });

  test("spreads what began this week over the days that there were", () => {
    expect(forecast(lastDays(600, 0, 300, 300)).forecast).toMatchObject({ tokens_per_day: 300, slowest_per_day: 300 });
  });

  test("says nothing after fewer than three days, after a quiet week and past the quota", () => {
    expect(forecast(lastDays(5_000, 100))).toEqual({ forecast: null, reason: "too_little" });
    expect(forecast(lastDays(5, 5, 5, 0, 0, 0, 0, 0, 0, 0))).toEqual({ forecast: null, reason: "quiet" });
    expect(forecast(lastDays(1, 1, 1), { tokensUsed: 10_000 })).toEqual({ forecast: null, reason: "used_up" });
  });

  test("names no day beyond the period, nor a year ahead where there is none", () => {
    const slow = lastDays(30, 30, 30, 30, 30, 30, 30);
    expect(forecast(slow).forecast?.runs_out_at).toBeNull();
    expect(forecast(slow, { endsAt: null }).forecast?.runs_out_at).toBe("2027-06-09T12:00:00.000Z");
    expect(forecast(slow, { endsAt: null, tokensLimit: 1_000_000 }).forecast?.runs_out_at).toBeNull();
  });

  test("says what a day costs past the quota, where it costs anything", () => {
    const even = lastDays(...Array(7).fill(1_000));
    expect(forecast(even, { usdPerToken: 0.000_01 }).forecast?.credit_usd_per_day).toBe(0.01);
    expect(forecast(even).forecast?.credit_usd_per_day).toBeNull();
  });
});

test("days of a quota add up, what was given back among them", () => {
  const taken = new Map([
    ["2026-11-01", 50],
    ["2026-11-03", 20],
  ]);
  const returned = new Map([["2026-11-02", 30]]);
  const days = quotaDays(["2026-11-01", "2026-11-02", "2026-11-03"], { taken, returned, before: 5 });
  expect(days.map(({ used }) => used)).toEqual([55, 25, 45]);
});
