import { expect, it } from "vitest";
import { stem } from "./stem";
import { bigrams, terms } from "./tokenize";

// words and stems of the published algorithm's own examples
it.each([
  ["caresses", "caress"],
  ["ponies", "poni"],
  ["agreed", "agre"],
  ["plastered", "plaster"],
  ["motoring", "motor"],
  ["hopping", "hop"],
  ["filing", "file"],
  ["happy", "happi"],
  ["sky", "sky"],
  ["relational", "relat"],
  ["conditional", "condit"],
  ["radically", "radic"],
  ["triplicate", "triplic"],
  ["electricity", "electr"],
  ["goodness", "good"],
  ["allowance", "allow"],
  ["adjustment", "adjust"],
  ["adoption", "adopt"],
  ["probate", "probat"],
  ["cease", "ceas"],
  ["controlling", "control"],
])("stems %s to %s", (word, expected) => expect(stem(word)).toBe(expected));

it.each([
  ["thought", "think"],
  ["children", "child"],
  ["wrote", "writing"],
  ["died", "death"],
  ["organised", "organized"],
  ["colour", "color"],
  ["favourite", "favorites"],
])("finds %s with %s", (one, other) => expect(stem(one)).toBe(stem(other)));

it("keeps apart words that only look British", () => {
  expect(stem("four")).toBe("four");
  expect(stem("promised")).toBe(stem("promises"));
});

it("reads old clipped spellings, and drops names and words without a topic", () => {
  expect(terms("Nora's father arriv’d, and I thank'd him", new Set(["nora"]))).toEqual([
    stem("father"),
    stem("arrived"),
    stem("thanked"),
  ]);
});

it("pairs neighbouring terms", () => expect(bigrams(["a", "b", "c"])).toEqual(["a b", "b c"]));
