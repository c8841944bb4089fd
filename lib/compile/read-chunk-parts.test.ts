import { expect, test } from "vitest";
import { partsOf } from "./read-chunk-parts";
import { sentences } from "./sentences";

const own = "I have always loved the sea, and I have lived beside it ever since I was a child in the north.";
const head = `${own}\n\n`.repeat(20);

/** The part of the sentence that holds a word, in a text of plain own paragraphs around it. */
function partOf(middle: string, word: string): string {
  const text = `${head}${middle}\n\n${own}`;
  const found = sentences(text).find((sentence) => sentence.text.includes(word));
  if (!found) throw new Error(`no sentence holds ${word}`);
  return partsOf(text, ["Ann", "Berg"])(found);
}

test.each([
  ["[The writer's daughter found these pages. They were never meant for print.]", "print", "foreign"],
  ["[3] A small village which I have never seen.", "village", "foreign"],
  ["I kept shells (Her cousin adds, “She kept stones too.” He was there.--F. D.) in a box.", "cousin", "foreign"],
  ["   Save me from folly, vanity, and vice,\n   From every low pursuit; and fill my soul", "folly", "foreign"],
  ["> I never agreed to that.", "agreed", "foreign"],
  ["“I love the mountains and I always have.\n\n“I never swim.”", "mountains", "foreign"],
  [
    "MY DEAR FRIEND: I love your book.\n\nI am afraid of storms.\n\nI am, dear sir, your affectionate friend,\n\nABEL JAMES.",
    "storms",
    "foreign",
  ],
  ["Dear Tom, I am afraid of storms.\n\nYours sincerely,\nAnn Berg", "storms", "own"],
  ["THE EARLY YEARS OF A SAILOR", "EARLY", "silent"],
  ["## What I Never Learned", "Learned", "silent"],
  ["I am afraid of storms.", "storms", "own"],
  ["My sister says “never again” to everything.", "again", "own"],
])("in %j takes %j to be %s", (middle, word, part) => {
  expect(partOf(middle, word)).toBe(part);
});

test.each([
  "+----+----+",
  "| T. |    |    |",
  "* * * * *",
  "- 12 -",
  "Page 3 of 20",
  "_____",
  "Copyright 1999 by nobody",
  "This eBook is part of Project Gutenberg.",
])("leaves out %j altogether", (line) => {
  const text = `${own}\n\n${line}\n\n${own}`;
  const parts = partsOf(text, []);
  expect(
    sentences(text)
      .filter((sentence) => parts(sentence) !== "skip")
      .map((sentence) => sentence.text),
  ).toEqual([own, own]);
});
