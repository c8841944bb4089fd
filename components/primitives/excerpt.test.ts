import { describe, expect, it } from "vitest";
import { excerptAround } from "./excerpt";

const text = ["First paragraph, long ago.", "Second one. The quote stands here. And goes on.", "Third paragraph."].join(
  "\n",
);
const start = text.indexOf("The quote");
const end = start + "The quote stands here.".length;

describe("excerptAround", () => {
  it("gives the quote exactly as it stands in the text", () => {
    expect(excerptAround(text, start, end).quote).toBe("The quote stands here.");
  });

  it("cuts at paragraphs and says that it did", () => {
    expect(excerptAround(text, start, end, 5)).toEqual({
      before: "Second one. ",
      quote: "The quote stands here.",
      after: " And goes on.",
      isCutBefore: true,
      isCutAfter: true,
    });
  });

  it("shows a short text whole, and any text when asked to", () => {
    for (const excerpt of [excerptAround(text, start, end), excerptAround(text, start, end, Infinity)]) {
      expect(excerpt.before + excerpt.quote + excerpt.after).toBe(text);
      expect(excerpt.isCutBefore || excerpt.isCutAfter).toBe(false);
    }
  });

  it("cuts inside a paragraph that has no end, at a space", () => {
    const long = `${"word ".repeat(2000)}QUOTE ${"word ".repeat(2000)}`;
    const at = long.indexOf("QUOTE");
    const excerpt = excerptAround(long, at, at + 5, 100);
    expect(excerpt.before.length).toBeLessThan(1400);
    expect(excerpt.before.startsWith("word")).toBe(true);
    expect(excerpt.after.endsWith("word")).toBe(true);
  });
});
