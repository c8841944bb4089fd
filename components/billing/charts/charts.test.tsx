import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import type { QuotaForecast, UsagePart, UsageReport } from "@/lib/billing/schemas";
import { axisLabels, axisMarks } from "./axis";
import { BurnDown } from "./burn-down";
import { burnDownShape } from "./burn-down-shape";
import { stackedDays } from "./series";

describe("an axis", () => {
  test.each([0.000_003, 0.04, 1.03, 7, 36_900, 1_000_000, 1])("reaches %d in at most five round steps", (max) => {
    const marks = axisMarks(max);
    const last = marks.at(-1) ?? 0;
    expect(last).toBeGreaterThanOrEqual(max);
    expect(last).toBeLessThan(max * 2);
    expect(marks.length).toBeLessThanOrEqual(6);
  });

  test("names its ends and some days between", () => {
    expect(axisLabels(30).map(({ index, at }) => [index, at])).toEqual([
      [0, 0],
      [7, 0.25],
      [15, 15.5 / 30],
      [22, 0.75],
      [29, 1],
    ]);
    expect(axisLabels(1)).toEqual([{ index: 0, at: 0.5, edge: 0.5 }]);
    expect(axisLabels(0)).toEqual([]);
  });
});

const zero = { requests: 0, input_tokens: 0, output_tokens: 0, compile_tokens: 0, quota_tokens: 0, cost_usd: 0 };
const figures = {
  ...zero,
  cost_by_kind_usd: { chat: 0, proxy: 0, compile: 0, transcription: 0, portrait: 0 },
  saved: null,
};
const part = (key: string, cost_usd: number, tokens = 0): UsagePart => ({ key, label: key, cost_usd, tokens });

function reportOf(...days: UsagePart[][]): UsageReport {
  const rows = days.map((parts, at) => ({
    ...{ ...figures, day: `2026-11-0${at + 1}`, label: "", is_deleted: false, parts },
    cost_usd: parts.reduce((sum, each) => sum + each.cost_usd, 0),
  }));
  const sums = new Map<string, number>();
  for (const each of days.flat()) sums.set(each.key, (sums.get(each.key) ?? 0) + each.cost_usd);
  const parts = [...sums].map(([key, cost]) => part(key, cost)).toSorted((one, other) => other.cost_usd - one.cost_usd);
  const span = { from: "2026-11-01T00:00:00.000Z", to: "2026-11-03T00:00:00.000Z", traces_since: "2026-11-01" };
  return { group_by: "day", ...span, rows, totals: { ...figures, ledger_charges_usd: 0, parts } };
}

describe("stacked days", () => {
  test("put the greatest part at the bottom of every day", () => {
    const report = reportOf([part("chat", 1), part("compile", 4)], [part("chat", 2)]);
    const { series, days } = stackedDays(report, "kind", "cost");
    expect(series.map(({ label }) => label)).toEqual(["Compiling", "Chat"]);
    expect(days.map(({ parts }) => parts)).toEqual([
      [4, 1],
      [0, 2],
    ]);
  });

  test("add up to the day, also where most parts are drawn as one", () => {
    const many = Array.from({ length: 9 }, (_each, at) => part(`m${at}`, 9 - at));
    const { series, days } = stackedDays(reportOf(many), "model", "cost");
    expect(series.at(-1)).toEqual({ key: "others", label: "4 others", fill: "pale" });
    expect(series).toHaveLength(6);
    expect(days[0]?.parts.reduce((sum, each) => sum + each, 0)).toBe(days[0]?.total);
  });

  test("tell their parts apart without colour", () => {
    const { series } = stackedDays(
      reportOf(Array.from({ length: 6 }, (_each, at) => part(`m${at}`, 1))),
      "model",
      "cost",
    );
    expect(new Set(series.map(({ fill }) => fill)).size).toBe(6);
  });
});

describe("a burn-down", () => {
  const now = Date.parse("2026-11-16T00:00:00Z");
  const day = (number: number, taken: number, used: number) => ({
    ...{ day: `2026-11-${number}`, taken, returned: 0, used },
  });
  const quota: QuotaForecast = {
    ...{ starts_at: "2026-11-06T00:00:00.000Z", ends_at: "2026-12-06T00:00:00.000Z" },
    ...{ tokens_limit: 50_000, tokens_used: 30_000, reason: null },
    days: [day(14, 10_000, 10_000), day(15, 20_000, 30_000)],
    forecast: {
      ...{ tokens_per_day: 2_000, slowest_per_day: 500, fastest_per_day: 9_000, credit_usd_per_day: null },
      runs_out_at: "2026-11-26T00:00:00.000Z",
    },
  };

  test("begins with nothing, reaches now with what is used, and meets the quota where the estimate says", () => {
    const shape = burnDownShape(quota, now);
    expect(shape.line).toMatch(/^M0 100L/);
    expect(shape.now).toEqual({ x: 33.33, y: shape.marks.at(-1)?.value === 80_000 ? 62.5 : expect.any(Number) });
    expect(shape.end).toEqual({ x: 66.67, y: shape.limitY });
  });

  test("stays within its frame, whatever the fastest week was", () => {
    const { band, ahead, area } = burnDownShape(quota, now);
    for (const path of [band, ahead, area]) {
      for (const number of path?.match(/-?[\d.]+/g) ?? []) {
        expect(Number(number)).toBeGreaterThanOrEqual(0);
        expect(Number(number)).toBeLessThanOrEqual(100);
      }
    }
  });

  test("draws no estimate where there is none, and thirty days where nothing is renewed", () => {
    const shape = burnDownShape({ ...quota, ends_at: null, forecast: null, reason: "too_little" }, now);
    expect([shape.band, shape.ahead, shape.end]).toEqual([null, null, null]);
    expect(shape.to - now).toBe(30 * 24 * 60 * 60 * 1000);
  });

  test("is drawn without a browser, and says what it shows", () => {
    const svg = renderToStaticMarkup(<BurnDown quota={quota} now={now} label="It ends soon." />);
    expect(svg).toContain('aria-label="It ends soon."');
    expect(svg).toContain("Quota 50,000");
    expect(svg).not.toContain("NaN");
  });
});
