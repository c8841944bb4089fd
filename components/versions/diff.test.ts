import { describe, expect, it } from "vitest";
import { diffFingerprint } from "./diff-fingerprint";
import { wordDiff } from "./word-diff";

describe("wordDiff", () => {
  it("tells which words came and went", () => {
    expect(
      wordDiff(
        "I would rather lose a client than flatter a result.",
        "I would rather lose a client than flatter a prototype.",
      ),
    ).toEqual([
      { kind: "same", text: "I would rather lose a client than flatter a " },
      { kind: "removed", text: "result." },
      { kind: "added", text: "prototype." },
    ]);
  });

  it.each([
    ["", "All of it is new."],
    ["I keep bees.", "Letters wait."],
    ["one two three four", "two four five"],
    ["a ".repeat(500), "b ".repeat(500)],
  ])("loses no word of either side (%#)", (before, after) => {
    const runs = wordDiff(before, after);
    const side = (kind: string) =>
      runs
        .filter((run) => run.kind === "same" || run.kind === kind)
        .map(({ text }) => text)
        .join("");
    expect(side("added").trim()).toBe(after.trim());
    expect(side("removed").replace(/\s+/g, " ").trim()).toBe(before.trim());
  });
});

describe("diffFingerprint", () => {
  it("splits a kind into what stayed, came and went", () => {
    const kind = { component: "beta" as const, predicate: "values", kept: 5, added: 2, removed: 1, confidence: 0.8 };
    expect(diffFingerprint([kind]).beta).toEqual([
      { n: 5, confidence: 0.8 },
      { n: 2, confidence: 0.8, state: "added" },
      { n: 1, confidence: 0, state: "removed" },
    ]);
    expect(diffFingerprint([kind]).alpha).toEqual([]);
  });
});
