import { describe, expect, it } from "vitest";
import { countOf, formatAgo, formatBytes, formatDuration, formatUsd, formatUsdCeiling, shortAddress } from "./format";

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
    ]).toEqual(["just now", "2 hours ago", "yesterday", "4 days ago", "1 March", "1 March 2025"]);
  });

  it("keeps both ends of an address", () => {
    expect(shortAddress("0x7A3f9C1e5D2b48a60F17cE93b5a4D86f0c2BE21C")).toBe("0x7A3f…E21C");
  });
});
