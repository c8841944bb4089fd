import { expect, test } from "vitest";
import { locateQuote } from "./locate-quote";

const text = "First part.\n\nI have\n   always loved  the sea. The sea.";
const whole = { start: 0, end: text.length };

test("finds a quote across line breaks and gives its place in the source", () => {
  const place = locateQuote(text, whole, " I have always loved the sea. ");
  expect(place && text.slice(place.start, place.end)).toBe("I have\n   always loved  the sea.");
});

test("finds nothing that does not stand there word for word, or stands outside", () => {
  expect(locateQuote(text, whole, "I always loved the sea.")).toBeNull();
  expect(locateQuote(text, { start: 0, end: 12 }, "I have")).toBeNull();
  expect(locateQuote(text, whole, "  ")).toBeNull();
});
