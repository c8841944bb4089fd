import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { QuotaForecast, UsageReport, UsageRow } from "@/lib/billing/schemas";
import { setReader } from "@/lib/format-reader";
import { burnDownWords, withoutMarks } from "./burn-down-words";
import { formatLedgerUsd } from "./ledger-words";
import { formatMark } from "./usage-measure";
import { savedSentence, usageSentence } from "./usage-words";

beforeAll(() => setReader({ numbers: "en-US", days: "en-GB", timeZone: "UTC" }));
afterAll(() => setReader(null));

const none = {
  ...{ requests: 0, input_tokens: 0, output_tokens: 0, compile_tokens: 0, quota_tokens: 0, cost_usd: 0 },
  cost_by_kind_usd: { chat: 0, proxy: 0, compile: 0, transcription: 0, portrait: 0 },
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

describe("the sentence of the days", () => {
  test("names the sum, the day and the part that took most of it", () => {
    const days = [row({ day: "2026-11-02", cost_usd: 0.5 }), row({ day: "2026-11-03", cost_usd: 1.25 })];
    const parts = [{ key: "chat", label: "chat", cost_usd: 1.5, tokens: 0 }];
    expect(usageSentence(reportOf(days, { parts }), "cost", "kind")).toBe(
      "In these 7 days $1.75 was spent, $1.25 of it on 3 November, $1.50 of it for chat.",
    );
  });

  test.each([
    ["model", { key: "gpt-4o-mini", label: "gpt-4o-mini" }, "by gpt-4o-mini"],
    ["face", { key: "face_1", label: "alice" }, "by alice"],
    ["face", { key: "none", label: "No face" }, "without a face"],
    ["key", { key: "key_1", label: "website" }, "with the key website"],
    ["key", { key: "none", label: "Signed in, no key" }, "by people signed in, without a key"],
  ] as const)("says what the greatest %s took: %o", (split, part, words) => {
    const report = reportOf([row({ day: "2026-11-03", cost_usd: 2 })], {
      parts: [{ ...part, cost_usd: 2, tokens: 9 }],
    });
    expect(usageSentence(report, "cost", split)).toBe(
      `In these 7 days $2.00 was spent, all of it on 3 November, all of it ${words}.`,
    );
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

describe("the sentence of the quota", () => {
  const forecast = {
    ...{ tokens_per_day: 3_100, slowest_per_day: 1_300, fastest_per_day: 4_600 },
    ...{ runs_out_at: "2026-11-28T12:00:00.000Z", credit_usd_per_day: 0.09 },
  };
  const quota: QuotaForecast = {
    ...{ starts_at: "2026-11-06T00:00:00.000Z", ends_at: "2026-12-06T00:00:00.000Z", days: [] },
    ...{ tokens_limit: 50_000, tokens_used: 36_900, forecast, reason: null },
  };

  test("says when it ends, how long before its renewal, and what follows", () => {
    expect(withoutMarks(burnDownWords(quota, true))).toMatch(
      /^At the pace of the last seven days, 3,100 tokens a day, the quota ends around .*28.*2026, 8 days before it is renewed\. After that syncs draw on credit, about \$0\.09 a day\.$/,
    );
    expect(burnDownWords(quota, false)).toMatch(/syncs stop/);
    expect(burnDownWords({ ...quota, forecast: { ...forecast, credit_usd_per_day: null } }, true)).toMatch(/no credit/);
  });

  test("says that it lasts, or that there is nothing to go on from", () => {
    expect(burnDownWords({ ...quota, forecast: { ...forecast, runs_out_at: null } }, true)).toMatch(/lasts until/);
    expect(burnDownWords({ ...quota, ends_at: null, forecast: { ...forecast, runs_out_at: null } }, true)).toMatch(
      /more than a year/,
    );
    for (const [reason, words] of [
      ["too_little", /too little/],
      ["quiet", /no pace/],
      ["used_up", /used up/],
    ] as const) {
      expect(burnDownWords({ ...quota, forecast: null, reason }, true)).toMatch(words);
    }
  });
});

test("marks of an axis have as many digits as its steps need", () => {
  expect(formatMark(0.4, "cost", 0.2)).toBe("$0.40");
  expect(formatMark(0.000_4, "cost", 0.000_2)).toBe("$0.0004");
  expect(formatMark(25_000, "tokens", 5_000)).toBe("25K");
});

test("money of the ledger has the digits that its column needs to add up", () => {
  expect(formatLedgerUsd(-0.007, true)).toBe("−$0.0070");
  expect(formatLedgerUsd(10, true)).toBe("+$10.0000");
  expect(formatLedgerUsd(0.000_079)).toBe("$0.000079");
  expect(formatLedgerUsd(0)).toBe("$0.0000");
});
