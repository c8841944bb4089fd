import { expect, test } from "vitest";
import { scoreText } from "./score-words";

test("says in a word what a likeness means", () => {
  expect([0.82, 0.6, 0.4, 0.1, null].map(scoreText)).toEqual([
    "Very alike 0.82",
    "Alike 0.60",
    "Somewhat alike 0.40",
    "Hardly alike 0.10",
    "No face measured",
  ]);
});
