import { describe, expect, test } from "vitest";
import { dayWithin, readUsageView, spanOf, toWorkFilter, writeUsageView } from "./usage-view";

const read = (query: string) => readUsageView(new URLSearchParams(query));

describe("the address bar", () => {
  test.each([
    "",
    "range=90&by=model&in=tokens&view=table",
    "range=custom&from=2026-03-01&to=2026-03-05",
    "model=gpt-4o-mini&face=face_1&key=none&kind=chat&day=2026-11-03",
    "rows=ledger&entries=all&after=120",
  ])("gives back what is on screen: %s", (query) => {
    const params = new URLSearchParams(query);
    expect([...writeUsageView(read(query), new URLSearchParams())].toSorted()).toEqual([...params].toSorted());
  });

  test("keeps what belongs to others, and drops what nobody knows", () => {
    expect(writeUsageView(read("range=nine&kind=gift&day=soon"), new URLSearchParams("quota=table")).toString()).toBe(
      "quota=table",
    );
  });
});

describe("the span", () => {
  const now = Date.parse("2026-11-21T18:00:00Z");
  const custom = (first: string, last: string) => spanOf({ range: "custom", first, last }, now);

  test("of a period is left to the API, which knows when it began", () => {
    expect(spanOf(read(""), now)).toEqual({ period: "current" });
    expect(spanOf(read("range=previous"), now)).toEqual({ period: "previous" });
  });

  test("of the last days holds today", () => {
    expect(spanOf(read("range=7"), now)).toEqual({ from: "2026-11-15", to: "2026-11-22" });
  });

  test("of chosen days holds the first and the last", () => {
    expect(custom("2026-03-01", "2026-03-01")).toEqual({ from: "2026-03-01", to: "2026-03-02" });
  });

  test.each([
    ["2026-03-02", "2026-03-01"],
    ["2025-01-01", "2026-03-01"],
    ["", "2026-03-01"],
    ["2026-03-01", "soon"],
  ])("from %j to %j is none", (first, last) => {
    expect(custom(first, last)).toBeNull();
  });

  test("of a day at the border of a period is the part that lies within", () => {
    const report = { from: "2026-11-03T14:00:00.000Z", to: "2026-12-03T14:00:00.000Z" };
    expect(dayWithin("2026-11-03", report)).toEqual({ from: report.from, to: "2026-11-04T00:00:00.000Z" });
    expect(dayWithin("2026-11-01", report)).toBeNull();
  });
});

test("a list is narrowed down by everything but what it lists", () => {
  const { filter } = read("model=m&face=face_1&key=none&kind=chat");
  expect(toWorkFilter(filter)).toEqual({ kind: "chat", model: "m", face_id: "face_1", api_key_id: "none" });
  expect(toWorkFilter(filter, "model")).toEqual({ kind: "chat", face_id: "face_1", api_key_id: "none" });
});
