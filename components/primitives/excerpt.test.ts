import { describe, expect, it } from "vitest";
import { excerptAround, unwrapLines } from "./excerpt";

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

describe("unwrapLines", () => {
  const paragraph = [
    "But no pursuit at Cambridge was followed with nearly so much eagerness",
    "or gave me so much pleasure as collecting beetles. It was the mere",
    "passion for collecting, for I did not dissect them.",
  ];

  it("lets a text that was broken at a margin flow, and keeps its paragraphs and its length", () => {
    const wrapped = `${paragraph.join("\n")}\n\n${paragraph.join("\n")}`;
    const flowing = unwrapLines(wrapped);
    expect(flowing).toBe(`${paragraph.join(" ")}\n\n${paragraph.join(" ")}`);
    expect(flowing).toHaveLength(wrapped.length);
  });

  it("leaves verse, conversations and lists as they are", () => {
    const verse = "Tyger tyger, burning bright,\nIn the forests of the night;\nWhat immortal hand or eye";
    const thread = "Ma: MARA\nMara: Twice. But the idea holds. Make the foot heavier and make it uglier.\nMa: ugh";
    const list = `${paragraph[0]}\n- one\n- two`;
    for (const text of [verse, thread, list]) expect(unwrapLines(text)).toBe(text);
  });
});
