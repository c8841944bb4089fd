import { describe, expect, test } from "vitest";
import type { UsageReport, UsageRow } from "@/lib/billing/schemas";
import { axisMarks, formatMark } from "./usage-measure";
import { savedSentence, usageSentence } from "./usage-words";
import { spanOf } from "./use-usage-view";

const none = {
  ...{ requests: 0, input_tokens: 0, output_tokens: 0, compile_tokens: 0, quota_tokens: 0, cost_usd: 0 },
  cost_by_kind_usd: { chat: 0, proxy: 0, compile: 0, transcription: 0 },
  saved: null,
};
const row = (fields: Partial<UsageRow>): UsageRow => ({ ...none, label: "", is_deleted: false, ...fields });

function reportOf(rows: UsageRow[], totals: Partial<UsageReport["totals"]> = {}): UsageReport {
  const cost = rows.reduce((sum, each) => sum + each.cost_usd, 0);
  return {
    ...{ group_by: "day", from: "2026-11-01T00:00:00.000Z", to: "2026-11-08T00:00:00.000Z", rows },
    totals: { ...none, cost_usd: cost, ledger_charges_usd: cost, ...totals },
    traces_since: "2026-11-03T08:00:00.000Z",
  };
}

describe("the sentence", () => {
  test("names the sum and the day that took most of it", () => {
    const days = [row({ day: "2026-11-02", cost_usd: 0.5 }), row({ day: "2026-11-03", cost_usd: 1.25 })];
    expect(usageSentence(reportOf(days), "cost")).toBe("In these 7 days $1.75 was spent, $1.25 of it on 3 November.");
  });

  test.each<[Partial<UsageRow>, string]>([
    [{ model: "gpt-4o-mini", label: "gpt-4o-mini" }, "by gpt-4o-mini"],
    [{ face_id: "face_1", label: "alice" }, "by alice"],
    [{ face_id: null, label: "No face" }, "without a face"],
    [{ api_key_id: "key_1", label: "website" }, "with the key website"],
    [{ api_key_id: null, label: "Signed in, no key" }, "by people signed in, without a key"],
  ])("says what %o took", (fields, words) => {
    const rows = [row({ ...fields, cost_usd: 2 })];
    expect(usageSentence(reportOf(rows), "cost")).toBe(`In these 7 days $2.00 was spent, all of it ${words}.`);
  });

  test("counts tokens as many", () => {
    const rows = [row({ day: "2026-11-02", input_tokens: 900 }), row({ day: "2026-11-03", output_tokens: 300 })];
    expect(usageSentence(reportOf(rows, { input_tokens: 900, output_tokens: 300 }), "tokens")).toBe(
      "In these 7 days 1,200 tokens were read, written or compiled, 900 of them on 2 November.",
    );
  });

  test("tells work that cost nothing from no work", () => {
    const free = reportOf([], { requests: 3, compile_tokens: 1_200 });
    expect(usageSentence(free, "cost")).toBe(
      "In these 7 days nothing was spent: 3 answers and 1,200 compiled tokens cost no credit.",
    );
    expect(usageSentence(reportOf([]), "cost")).toBe("In these 7 days nothing was used.");
  });

  test("says what personas saved, over how many answers, and where they saved nothing", () => {
    const saved = (whole: number, persona: number) => {
      const figures = { answers: 2, whole_tokens: whole, persona_tokens: persona, tokens_saved: whole - persona };
      return savedSentence(reportOf([], { saved: figures }));
    };
    expect(saved(10_000, 600)).toBe(
      "Sending personas instead of whole sources saved 9,400 tokens (94%), counted over 2 answers since 3 November, whose traces are kept.",
    );
    expect(saved(100, 600)).toMatch(/^Personas took 500 tokens more than the short sources/);
    expect(savedSentence(reportOf([]))).toBeNull();
  });
});

describe("the axis", () => {
  test.each([0.000_003, 0.04, 1.03, 7, 36_900, 1_000_000, 1])("reaches %d in at most five round steps", (max) => {
    const marks = axisMarks(max);
    const last = marks.at(-1) ?? 0;
    expect(last).toBeGreaterThanOrEqual(max);
    expect(last).toBeLessThan(max * 2);
    expect(marks.length).toBeLessThanOrEqual(6);
  });

  test("has as many digits as its steps need", () => {
    expect(formatMark(0.4, "cost", 0.2)).toBe("$0.40");
    expect(formatMark(0.000_4, "cost", 0.000_2)).toBe("$0.0004");
    expect(formatMark(25_000, "tokens", 5_000)).toBe("25K");
  });
});

describe("the span", () => {
  const now = Date.parse("2026-11-21T18:00:00Z");

  test("of the last days holds today", () => {
    expect(spanOf("7", "", "", now)).toEqual({ from: "2026-11-15", to: "2026-11-22" });
  });

  test("of chosen days holds the first and the last", () => {
    expect(spanOf("custom", "2026-03-01", "2026-03-01", now)).toEqual({ from: "2026-03-01", to: "2026-03-02" });
  });

  test.each([
    ["2026-03-02", "2026-03-01"],
    ["2025-01-01", "2026-03-01"],
    ["", "2026-03-01"],
    ["2026-03-01", "soon"],
  ])("from %j to %j is none", (first, last) => {
    expect(spanOf("custom", first, last, now)).toBeNull();
  });
});
