import { expect, test } from "vitest";
import { coveredCharacters, share } from "./fidelity";

test("a share has Wilson's interval, and none of fewer than twenty", () => {
  // Wilson's interval of 30 of 40, by hand: .598–.858
  expect(share(30, 40)).toEqual({ value: 0.75, n: 40, low: 0.5981, high: 0.8581 });
  expect(share(0, 50)).toMatchObject({ value: 0, low: 0 });
  expect(share(3, 19)).toEqual({ value: null, reason: "not enough text" });
});

test("characters in several quotes are counted once, and those outside the texts not at all", () => {
  const texts = [
    { start: 0, end: 100 },
    { start: 200, end: 300 },
  ];
  const quotes = [
    { start: 10, end: 30 },
    { start: 20, end: 40 },
    { start: 90, end: 210 },
  ];
  expect(coveredCharacters(texts, quotes)).toBe(30 + 10 + 10);
});
