import { expect, it } from "vitest";
import { textShape, usualShape } from "./text-shape";

it("tells narrative in long sentences from plain statements", () => {
  const narrative = textShape(
    Array.from(
      { length: 20 },
      () => "We went down to the river the next morning and found that the ferryman had left before it was light.",
    ),
  );
  const plain = textShape(Array.from({ length: 20 }, () => "I am fond of old maps."));
  expect(narrative.past).toBeGreaterThan(plain.past);
  expect(narrative.length).toBeGreaterThan(plain.length);
});

it("takes a text without sentences for a usual one", () => {
  expect(textShape([])).toEqual(usualShape);
});
