import { expect, test } from "vitest";
import { clauseRanges, shortened } from "./render-clauses";

test("cuts a sentence where a new clause begins, and nowhere else", () => {
  const parts = (sentence: string) => clauseRanges(sentence).map(({ start, end }) => sentence.slice(start, end));
  expect(parts("I love the sea; my brother hates it, and I never learned why.")).toEqual([
    "I love the sea",
    "my brother hates it",
    "I never learned why.",
  ]);
  expect(parts("I love tea, coffee and rain.")).toEqual(["I love tea, coffee and rain."]);
});

test("leaves out what leans on the rest, and keeps a sentence", () => {
  const long =
    "This book, though a small one, cost me twenty months of hard work, as I had to read every work on the islands of the Pacific and to consult many charts.";
  expect(shortened(long)).toMatch(/^This book cost me twenty months of hard work\b/u);
});

test("shows where it had to cut", () => {
  expect(shortened(Array.from({ length: 40 }, (_, index) => `word${index}`).join(" "))).toMatch(/…$/u);
});
