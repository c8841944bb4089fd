import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTokens, replaceTokens } from "./tokens";

const people = (text: string) => readTokens(text).tokens.map(({ kind, ref, strength }) => [kind, ref, strength]);
const told = (text: string) => replaceTokens(text, readTokens(text), (token) => `[${token.ref}]`);

describe("people in a text", () => {
  test.each([
    ["<faceid:42:0.8> in the alps", [["faceid", "42", 0.8]]],
    ["<faceid:42> in the alps", [["faceid", "42", 1]]],
    ["<FaceID: 42 : 1 > in the alps", [["faceid", "42", 1]]],
    ["< faceid :42:.5>", [["faceid", "42", 0.5]]],
    ["<faceid:42:>", [["faceid", "42", 1]]],
    [
      "<faceid:1:1> and <faceid:2:0.5>",
      [
        ["faceid", "1", 1],
        ["faceid", "2", 0.5],
      ],
    ],
    ["<lora:add detail:1.4> a man", [["lora", "add detail", 1.4]]],
    ["<faceid:John Doe:1>", [["faceid", "John Doe", 1]]],
    ["<faceid:42:1.5>", [["faceid", "42", 1]]],
    ["no one", []],
    ["a < b, b > c", []],
  ])("%s", (text, expected) => {
    expect(readTokens(text).problems).toEqual([]);
    expect(people(text)).toEqual(expected);
  });

  test.each([
    ["<faceid:tune_id:strength> woman trekking in the alps", /put the tune's number in, such as <faceid:42:1>/],
    ["<faceid:TUNE_ID:1>", /put the tune's number in/],
    ["<faceid::1>", /names nobody/],
    ["<faceid>", /names nobody/],
    ["<faceid 42>", /is no person/],
    ["<faceid:42:1", /is no person/],
    ["<faceid:42:1:2>", /is no person/],
    ["<faceid:42:much>", /is no number/],
    ["<faceid:42:-1>", /out of range/],
    ["<faceid:42:7>", /out of range/],
    ["<faceid:42:1e3>", /is no number/],
    ["<faceid:42:NaN>", /is no number/],
  ])("%s is refused in words", (text, problem) => {
    const { tokens, problems } = readTokens(text);
    expect(tokens).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  test("more than the most is taken as the most, and said", () => {
    expect(readTokens("<faceid:42:1.5>").notes).toEqual([expect.stringContaining("was taken as 1")]);
  });
});

describe("flags", () => {
  test.each([
    ["a man --tiled_upscale", "a man", ["--tiled_upscale"]],
    ["a man --ar 4:5 in the alps", "a man in the alps", ["--ar 4:5"]],
    ["--mask_prompt clothes --mask_dilate -20 a man", "a man", ["--mask_prompt clothes", "--mask_dilate -20"]],
    ["a man --hires=0.5", "a man", ["--hires=0.5"]],
    ["a man --fix --mask_prompt --seed 5", "a man", ["--fix", "--mask_prompt", "--seed 5"]],
    ["well-known -- a man", "well-known -- a man", []],
  ])("%s", (text, rest, flags) => {
    expect(told(text)).toBe(rest);
    expect(readTokens(text).flags.map(({ words }) => words)).toEqual(flags);
  });
});

test("what was written like a person of an engine's text is none", () => {
  expect(told("{1} <faceid:9:1> {22}")).toBe("(1) [9] (22)");
});

const ref = fc.oneof(
  fc.nat(1e9).map(String),
  fc.stringMatching(/^[a-z][a-z ]{0,6}[a-z]$/).filter((name) => name !== "id"),
);
const space = fc.constantFrom("", " ", "  ");
const token = fc
  .record({
    kind: fc.constantFrom("faceid", "FACEID", "FaceId"),
    ref,
    strength: fc.integer({ min: 0, max: 100 }),
    a: space,
    b: space,
  })
  .map(({ kind, ref: name, strength, a, b }) => ({
    written: `<${a}${kind}${b}:${a}${name}${b}:${b}${strength / 100}${a}>`,
    meant: ["faceid", name, strength / 100],
  }));
const words = fc.stringMatching(/^[a-zA-Z ,.:>]{0,20}$/);

test("every token is found, in its order, whatever stands between", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(words, token), { maxLength: 5 }), words, (parts, tail) => {
      const text = parts.map(([before, { written }]) => before + written).join("") + tail;
      expect(people(text)).toEqual(parts.map(([, { meant }]) => meant));
      for (const { start, end } of readTokens(text).tokens) expect(text.slice(start, end)).toMatch(/^<.*>$/);
    }),
  );
});

test("any text at all is read, in linear time, and its places lie inside it", () => {
  const odd = fc.array(fc.constantFrom("<", ">", ":", "faceid", "lora", "1", " ", "--", "x", "=", "\n", "{1}", "é"), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        odd.map((parts) => parts.join("")),
      ),
      (text) => {
        const read = readTokens(text);
        for (const { start, end } of [...read.tokens, ...read.flags]) {
          expect(start >= 0 && start < end && end <= text.length).toBe(true);
        }
        expect(told(text)).not.toMatch(/\{\d+\}/);
      },
    ),
  );
  const started = performance.now();
  for (const piece of ["<faceid:", "<faceid ", "< ", "--a ", "-- ", "<faceid:1:"]) readTokens(piece.repeat(2_000));
  for (const start of ["<", "<faceid:", "<faceid:1:", "--a ", "--mask_prompt"]) {
    for (const filler of [" ", "a", "1", ":"]) told(start + filler.repeat(20_000));
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});
