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

test.each([
  "I had followed for many years a golden rule, namely, that whenever a published fact, a new observation or thought came across me, to make a memorandum of it without fail",
  "I had never opened a classical book since leaving school, and I found to my dismay, that in the two intervening years I had actually forgotten almost everything which I had learnt",
  "I thought it best, in order that no honourable man should accuse me of concealing my views, to add that by the work light would be thrown on the origin of man",
  "I have had no choice but to act in this manner, for with the exception of the Coral Reefs, I cannot remember a single first-formed hypothesis which had not to be given up",
  "I was forestalled in only one important point, which my vanity has always made me regret, namely, the explanation by means of the Glacial period of the presence of the same species",
])("never ends where the gist is still to come: %j", (long) => {
  const short = shortened(long);
  expect(short).not.toMatch(/(?:namely|came across me|to my dismay|thought it best|my views|Coral Reefs)$/u);
  expect(short.endsWith("…") || long.startsWith(short.slice(0, 20))).toBe(true);
});
