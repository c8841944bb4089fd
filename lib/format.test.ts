import { afterEach, describe, expect, it } from "vitest";
import {
  countOf,
  formatAgo,
  formatBytes,
  formatCount,
  formatDateTime,
  formatDay,
  formatDuration,
  formatMonth,
  formatShare,
  formatUsd,
  formatUsdCeiling,
  formatUtcMark,
  shortAddress,
} from "./format";
import { readerOf, setReader } from "./format-reader";

afterEach(() => setReader(null));

describe("format", () => {
  it("shows as many digits of money as the amount needs", () => {
    expect([0, 18.424, 0.007, 0.000004, -3].map(formatUsd)).toEqual([
      "$0.00",
      "$18.42",
      "$0.0070",
      "$0.000004",
      "−$3.00",
    ]);
  });

  it("never states a ceiling below the amount", () => {
    expect([0, 0.0001, 0.04, 0.0401, 0.29].map(formatUsdCeiling)).toEqual([
      "$0.00",
      "$0.01",
      "$0.04",
      "$0.05",
      "$0.29",
    ]);
  });

  it("counts one thing as one", () => {
    expect([countOf(1, "document"), countOf(1200, "document"), countOf(2, "reply", "replies")]).toEqual([
      "1 document",
      "1,200 documents",
      "2 replies",
    ]);
  });

  it("says durations and sizes in their own units", () => {
    expect([0.2, 80, 120, 3720].map(formatDuration)).toEqual(["1 s", "1 min 20 s", "2 min", "1 h 2 min"]);
    expect([12, 4200, 2_100_000, 31_457_280].map(formatBytes)).toEqual(["12 bytes", "4 kB", "2.1 MB", "31 MB"]);
  });

  it("tells the past from now", () => {
    const now = Date.parse("2026-03-18T12:00:00Z");
    const at = (iso: string) => formatAgo(iso, now);
    expect([
      at("2026-03-18T11:59:40Z"),
      at("2026-03-18T10:00:00Z"),
      at("2026-03-17T10:00:00Z"),
      at("2026-03-14T12:00:00Z"),
      at("2026-03-01T12:00:00Z"),
      at("2025-03-01T12:00:00Z"),
    ]).toEqual(["just now", "2 hours ago", "yesterday", "4 days ago", "March 1", "March 1, 2025"]);
  });

  it("keeps both ends of an address", () => {
    expect(shortAddress("0x7A3f9C1e5D2b48a60F17cE93b5a4D86f0c2BE21C")).toBe("0x7A3f…E21C");
  });

  it("writes for nobody in particular until it is known who reads", () => {
    expect([formatCount(36900), formatUsd(-18.4), formatShare(0.74), formatDateTime("2026-04-05T15:04:00Z")]).toEqual([
      "36,900",
      "−$18.40",
      "74%",
      "April 5, 2026 at 3:04 PM",
    ]);
  });

  it("writes numbers as in the reader's language and days as in the reader's region", () => {
    setReader(readerOf("de-DE", "Europe/Berlin"));
    expect([formatCount(36900), formatUsd(-1800.4), formatShare(0.74), formatBytes(2_100_000)]).toEqual([
      "36.900",
      "−1.800,40\u00a0$",
      "74\u00a0%",
      "2,1 MB",
    ]);
    expect([formatDay("2026-04-05T23:04:00Z"), formatDateTime("2026-04-05T15:04:00Z")]).toEqual([
      "6 April 2026",
      "5 April 2026 at 17:04",
    ]);
    expect([formatMonth("2026-03-31T23:00:00Z"), formatUtcMark("2026-04-05", 30)]).toEqual(["April 2026", "5 Apr"]);
  });

  it("reads the region out of a language, and writes the day first where English is not at home", () => {
    expect(readerOf("ja", "UTC").days).toBe("en-JP");
    expect(readerOf("pt-BR", "UTC")).toEqual({ numbers: "pt-BR", days: "en-GB", timeZone: "UTC" });
    expect(readerOf("ar-EG", "UTC").numbers).toBe("en-US");
    expect(readerOf("not a language", "UTC").numbers).toBe("en-US");
  });

  it("tells the year apart where the reader is", () => {
    const now = Date.parse("2026-01-20T12:00:00Z");
    setReader(readerOf("en-US", "Pacific/Auckland"));
    expect(formatAgo("2025-12-31T12:00:00Z", now)).toBe("January 1");
  });
});
