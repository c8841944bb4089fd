import { countTokens as countExactly } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { countTokens } from "./count-tokens";

describe("countTokens", () => {
  it.each([
    ["nothing", ""],
    ["prose", "I moved to Berlin in 2014, because the rent was low — and it isn't any more."],
    ["other scripts", "Ich wohne in Neukölln. 私はベルリンに住んでいます。 👩‍👩‍👧"],
    ["lines", "one\n\n\n  two\r\nthree\t\tfour"],
  ])("equals the tokenizer's own count for %s", (_name, text) => {
    expect(countTokens(text)).toBe(countExactly(text));
  });

  it("reads the names of special tokens as text", () => {
    expect(countTokens("<|endoftext|>")).toBeGreaterThan(1);
  });

  it.each([
    ["letters", "a".repeat(1_000_000)],
    ["spaces", " ".repeat(1_000_000)],
    ["runs just below the cut", `${"a".repeat(999)} `.repeat(1000)],
    ["emoji", "👍".repeat(250_000)],
    ["halves of emoji", "\ud83d".repeat(500_000)],
  ])("counts a megabyte of %s in linear time", (_name, text) => {
    const started = performance.now();
    expect(countTokens(text)).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
