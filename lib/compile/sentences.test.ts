import fc from "fast-check";
import { expect, test } from "vitest";
import { sentences } from "./sentences";

const split = (text: string) => sentences(text).map((sentence) => sentence.text);

test("keeps abbreviations, initials, decimals and spaced dots inside a sentence", () => {
  expect(split("Mr. J. R. Smith met Dr. Who at 3.30 p.m. on Oct. 5. He paid $4.50, i.e. too much.")).toEqual([
    "Mr. J. R. Smith met Dr. Who at 3.30 p.m. on Oct. 5.",
    "He paid $4.50, i.e. too much.",
  ]);
  expect(split("Oh! . . . by the way, Lane, it is late.")).toHaveLength(1);
});

test("ends a sentence after its closing quote, and not inside a quoted question", () => {
  expect(split('"I am tired." He left.')).toEqual(['"I am tired."', "He left."]);
  expect(split('"Why?" he asked. Nobody knew.')).toEqual(['"Why?" he asked.', "Nobody knew."]);
});

test("reads through the line breaks of hard-wrapped prose", () => {
  const wrapped =
    "I have ever had pleasure in obtaining any little anecdotes of my\nancestors. You may remember the inquiries I made among the remains\nof my relations.";
  expect(split(wrapped)).toEqual([
    "I have ever had pleasure in obtaining any little anecdotes of my\nancestors.",
    "You may remember the inquiries I made among the remains\nof my relations.",
  ]);
});

test("ends a sentence at list items, headings and short lines", () => {
  expect(split("# About me\n- I like tea\n- I hate noise\n\nUp at five\nCoffee")).toEqual([
    "# About me",
    "- I like tea",
    "- I hate noise",
    "Up at five",
    "Coffee",
  ]);
});

test("splits the sentences of people who write without capitals", () => {
  expect(split("i hate mornings. coffee helps. sometimes")).toEqual(["i hate mornings.", "coffee helps.", "sometimes"]);
});

test("gives offsets that slice to the sentence, in order and without overlap, for any text", () => {
  const part = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(". ", "\n", "\n\n", "Mr. ", "I am. ", "😀", "? ", '"', "- "),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
      const text = parts.join("");
      let before = 0;
      for (const { start, end, text: found } of sentences(text)) {
        expect(text.slice(start, end)).toBe(found);
        expect(start).toBeGreaterThanOrEqual(before);
        expect(text.slice(before, start).trim()).toBe("");
        expect(found.trim()).toBe(found);
        before = end;
      }
      expect(text.slice(before).trim()).toBe("");
    }),
    { verbose: true },
  );
});
