import { describe, expect, it } from "vitest";
import { likeness, listNames } from "./name-models";

const many = [
  "gpt-4o-mini",
  "gpt-4o",
  "gpt-5",
  "gpt-5-nano",
  "o3",
  "claude-haiku-4-5",
  "claude-sonnet-4-6",
  "claude-opus-5",
];
const names = [...many, "accounts/fireworks/models/llama-v3p1-8b-instruct", "qwen3", "mistral", "phi-4", "builtin"];

describe("names in a message", () => {
  it("are all told when they are few", () => {
    expect(listNames(["a", "b"], "c")).toBe("a, b");
    expect(listNames([], "c")).toBe("none");
  });

  it.each([
    ["gpt4o-mini", "gpt-4o-mini"],
    ["GPT-4o", "gpt-4o"],
    ["claude-sonnet", "claude-sonnet-4-6"],
    ["claude-opus-4-6", "claude-opus-5"],
    ["llama-v3p1-8b", "accounts/fireworks/models/llama-v3p1-8b-instruct"],
    ["quen3", "qwen3"],
  ])("of a long list begin with what was most likely meant: %s", (asked, meant) => {
    expect(listNames(names, asked).split(", ")[0]).toBe(meant);
    expect(listNames(names, asked)).toMatch(/ and 7 more \(GET \/v1\/models\)$/);
  });

  it("stay in their order for a name that is like none of them", () => {
    expect(listNames(names, "nobody")).toBe(listNames(names, "zzz"));
    expect(listNames(names, "zzz")).toMatch(/^gpt-4o-mini, gpt-4o, /);
  });
});

it("likeness lies between 0 and 1 whatever is compared", () => {
  expect(likeness("GPT-4o mini", "gpt-4o-mini")).toBe(1);
  expect(likeness("", "a")).toBe(0);
  expect(likeness("a", "b")).toBe(0);
  expect(likeness("aaaa", "aa")).toBeLessThan(1);
});
