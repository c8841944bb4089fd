import { describe, expect, it } from "vitest";
import { comparePath, readSide, sideText } from "./compare-choice";
import { groupByDay } from "./group-by-day";
import { highlightCode } from "./highlight-code";
import { findModels, priceOf } from "./model-price";
import { numberQuotes, referenceIn } from "./references";
import { completeTemplate, findTemplates, templateAt } from "./template-at";
import { TraceItem } from "./wire";

describe("references", () => {
  const item = (id: string, text: string, quote = text) =>
    TraceItem.parse({
      kind: "primitive",
      id,
      text,
      score: 1,
      provenance: [{ document_id: "doc", version: 1, start: 0, end: 1, quote }],
    });
  const items = [
    item("tea", "Likes tea.", "I have always\nliked tea in the morning."),
    item("rain", "Likes rain.", "‘Rain’ is my weather, and nobody else’s."),
  ];

  it("number quotes that stand in what went in, in the order of the answer, each source once", () => {
    const answer =
      "“'Rain' is my weather, and nobody else's.” I also said: “I have always liked tea in the morning.” And this: “Rain’ is my weather”";
    const { text, references } = numberQuotes(answer, items);
    expect(references).toEqual([
      { number: 1, itemId: "rain" },
      { number: 2, itemId: "tea" },
    ]);
    expect(text).toContain("else's.”[1](#source-1)");
    expect(text).toContain("morning.”[2](#source-2)");
    expect(text).toMatch(/weather”\[1\]\(#source-1\)$/);
  });

  it("leave alone what stands nowhere, what is too short to tell, and what is no quote", () => {
    const answer = "I like tea in the morning. “I was born in Rome, they say.” “tea”";
    expect(numberQuotes(answer, items)).toEqual({ text: answer, references: [] });
  });

  it("are no links that a writer could have made to somewhere else", () => {
    expect([referenceIn("#source-12"), referenceIn("#source-x"), referenceIn("https://x/#source-1")]).toEqual([
      12,
      null,
      null,
    ]);
  });
});

describe("templates", () => {
  it("are open while their name is typed, and not when they are escaped or closed", () => {
    expect(templateAt("Ask ${Al", 8)).toEqual({ start: 4, query: "al" });
    expect(templateAt("Ask ${", 6)).toEqual({ start: 4, query: "" });
    expect([templateAt("Ask \\${al", 9), templateAt("Ask ${al} x", 11), templateAt("Ask $", 5)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("are completed where the caret stands, over what was there of a name", () => {
    const open = { start: 4, query: "al" };
    expect(completeTemplate("Ask ${al, please", 8, open, "alice")).toEqual({ text: "Ask ${alice}, please", caret: 12 });
    expect(completeTemplate("Ask ${alex} x", 8, open, "alice")).toEqual({ text: "Ask ${alice} x", caret: 12 });
  });

  it("offer those whose username begins so before those that hold the letters", () => {
    const faces = [
      { username: "bob", name: "Alan" },
      { username: "alice", name: null },
      { username: "carl", name: "C" },
    ];
    expect(findTemplates(faces, "al").map(({ username }) => username)).toEqual(["alice", "bob"]);
  });
});

describe("code", () => {
  const kinds = (code: string, language: string) =>
    highlightCode(code, language).flatMap(({ kind, text }) => (kind === "plain" ? [] : [`${kind} ${text}`]));

  it("is told apart by what most languages share, and loses no character", () => {
    expect(kinds('const x = "a//b"; // why\nreturn 0x1f', "ts")).toEqual([
      "keyword const",
      'string "a//b"',
      "comment // why",
      "keyword return",
      "number 0x1f",
    ]);
    expect(kinds("def f(): # it's\n  '''", "python")).toEqual(["keyword def", "comment # it's", "string ''"]);
    expect(kinds("SELECT a -- b\nFROM t", "sql")).toEqual(["keyword SELECT", "comment -- b", "keyword FROM"]);
    expect(kinds("if else", "text")).toEqual([]);
    for (const odd of ['"', "'''", "/*", "`${", "<!--", "\\", "🙂 '"]) {
      expect(
        highlightCode(odd, "js")
          .map(({ text }) => text)
          .join(""),
      ).toBe(odd);
    }
  });

  it("of any length takes no time to speak of", () => {
    const began = performance.now();
    highlightCode('"\\'.repeat(19_000), "js");
    highlightCode("/*".repeat(20_000), "js");
    highlightCode("'".repeat(39_000), "js");
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe("days", () => {
  it("are today, yesterday, the last seven, then months", () => {
    const now = new Date(2026, 10, 21, 9).getTime();
    const at = (month: number, day: number) => ({ updated_at: new Date(2026, month, day, 12).toISOString() });
    const rows = groupByDay([at(10, 21), at(10, 20), at(10, 18), at(10, 15), at(10, 2), at(9, 30), at(9, 1)], now);
    expect(rows.map((row) => (row.kind === "heading" ? row.title : "·")).join(" ")).toBe(
      "Today · Yesterday · Last seven days · · November 2026 · October 2026 · ·",
    );
  });
});

describe("sides of a comparison", () => {
  it("are named as models are, and an address keeps them", () => {
    const side = { face: "ben", model: "accounts/fireworks/models/x@y" };
    expect(readSide(sideText(side))).toEqual(side);
    expect([readSide("ben"), readSide(""), readSide("@x")]).toEqual([{ face: "ben", model: "" }, null, null]);
    expect(comparePath({ a: side, b: null, question: "Tea & milk?" })).toBe(
      "/chat/compare?a=ben%40accounts%2Ffireworks%2Fmodels%2Fx%40y&ask=Tea+%26+milk%3F",
    );
  });
});

describe("models", () => {
  const models = ["gpt-4o-mini", "accounts/fireworks/models/llama-v3", "claude-4"].map((id) => ({ id, owned_by: "x" }));

  it("are found by any words of their name, the best beginning first", () => {
    expect(findModels(models, "llama").map(({ id }) => id)).toEqual(["accounts/fireworks/models/llama-v3"]);
    expect(findModels(models, "x 4").map(({ id }) => id)).toEqual(["gpt-4o-mini", "claude-4"]);
    expect(findModels(models, "")).toHaveLength(3);
  });

  it("say their price, and what is no language model", () => {
    const pricing = (usd: number) => ({ input_usd_per_million: usd, output_usd_per_million: usd * 4 });
    expect(priceOf({ id: "a", is_default: false, is_language_model: true, pricing: pricing(0.15) })).toBe(
      "0.15 / 0.60",
    );
    expect(priceOf({ id: "a", is_default: false, is_language_model: false, pricing: pricing(0) })).toBe(
      "free, no language model",
    );
  });
});
