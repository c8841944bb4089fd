import fc from "fast-check";
import { expect, test } from "vitest";
import { countTokens } from "@/lib/models/count-tokens";
import { chunk } from "./chunk";
import { maxChunkTokens } from "./grammar";

const paragraph = "I was born in a small town. My father kept the mill and my mother kept the accounts. ".repeat(6);

test("partitions any text exactly, never inside a surrogate pair", () => {
  const part = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("😀".repeat(700), "a".repeat(1500), paragraph, "\n\n", "\n", "Jack: hello\n", " "),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const text = parts.join("");
      const chunks = chunk(text);
      expect(chunks.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
      expect(chunks.map(({ index }) => index)).toEqual(chunks.map((_, index) => index));
      for (const { start, end, tokens } of chunks) {
        expect(end).toBeGreaterThan(start);
        expect(tokens).toBeLessThanOrEqual(maxChunkTokens);
        expect(/[\uD800-\uDBFF]/.test(text[start - 1] ?? "") && /[\uDC00-\uDFFF]/.test(text[start] ?? "")).toBe(false);
      }
    }),
    { numRuns: 60, verbose: true },
  );
});

test("makes chunks of 400 to 800 tokens that begin at paragraphs", () => {
  const text = Array.from({ length: 40 }, (_, i) => `${i}. ${paragraph}`).join("\n\n");
  const chunks = chunk(text);
  for (const { start, end, tokens } of chunks.slice(0, -1)) {
    expect(tokens).toBeGreaterThanOrEqual(400);
    expect(text.slice(start)).toMatch(/^\d+\. I was born/u);
    expect(Math.abs(countTokens(text.slice(start, end)) - tokens)).toBeLessThan(20);
  }
});

test("begins chunks of a thread at turns", () => {
  const text = Array.from(
    { length: 200 },
    (_, i) => `${i % 2 ? "Ann" : "Bob"}: well, that is what I think of it.`,
  ).join("\n");
  for (const { start } of chunk(text)) expect(text.slice(start)).toMatch(/^(?:Ann|Bob): /u);
});

test("begins chunks of a chat with times at turns, never at a line that goes on", () => {
  const turn = (i: number) =>
    `[10:${10 + (i % 50)}] ${i % 2 ? "Ann Lee" : "Bob"}: that is what I think of it.\n  And more of it, at length.`;
  const text = Array.from({ length: 200 }, (_, i) => turn(i)).join("\n");
  for (const { start } of chunk(text)) expect(text.slice(start)).toMatch(/^\[10:\d\d\] (?:Ann Lee|Bob): /u);
});

test("cuts an unbroken run of a million characters", () => {
  expect(Math.max(...chunk("a".repeat(1_000_000)).map(({ tokens }) => tokens))).toBeLessThanOrEqual(maxChunkTokens);
});

test("has no chunk for an empty text", () => {
  expect(chunk("")).toEqual([]);
});
