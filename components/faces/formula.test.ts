import { describe, expect, test } from "vitest";
import { parseFormula } from "@/lib/faces/formula";
import type { FaceView } from "@/lib/faces/schemas";
import { checkFormula } from "./check-formula";
import { formulaWords } from "./formula-words";
import { insertOperator, replaceToken, tokenAt } from "./formula-typing";

const names: Record<string, string> = { a: "Alice", j: "Jonas", m: "Mara" };
const words = (text: string) => formulaWords(parseFormula(text), (ref) => names[ref] ?? ref);

describe("a formula in words", () => {
  test.each([
    ["a", "what Alice says"],
    ["a | j", "everything that Alice or Jonas says"],
    ["a & j & m", "what Alice, Jonas and Mara all say"],
    ["a & j - m", "what Alice and Jonas both say, without what Mara says"],
    ["a ^ j", "what Alice or Jonas says, but not both"],
    ["( a | j ) & m", "everything that Alice or Jonas says, as far as it is also what Mara says"],
    ["a - ( j | m )", "what Alice says, without everything that Jonas or Mara says"],
    ["a | j - m", "everything that Alice or Jonas says, without what Mara says"],
    ["a - ( j - m )", "what Alice says, without (what Jonas says, without what Mara says)"],
  ])("%s", (text, expected) => expect(words(text)).toBe(expected));
});

const face = (username: string, more: Partial<FaceView> = {}) =>
  ({ id: `face_${username}`, username, formula: null, is_sample: false, ...more }) as FaceView;
const faces = [
  face("alice"),
  face("jonas"),
  face("mix", { formula: "alice | jonas" }),
  face("ada", { is_sample: true }),
];

describe("checking a formula", () => {
  test.each([
    ["alice | jonas", null],
    ["", { at: 0, length: 0 }],
    ["alice || jonas", { at: 6, length: 2, message: expect.stringContaining("between spaces") }],
    ["alice |", { at: 7, length: 0, message: expect.stringContaining("at its end") }],
    ["alise | jonas", { at: 0, length: 5, fix: "alice" }],
    ["alice | ada", { at: 8, length: 3, message: "ada is no face of yours." }],
    ["alice | mix", { at: 8, length: 3, message: expect.stringContaining("made by a formula itself") }],
  ])("%s", (text, problem) => {
    const found = checkFormula(text, faces, null).problem;
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatchObject(problem);
  });

  test("names the face itself no part of itself", () => {
    expect(checkFormula("alice | jonas", faces, "face_jonas").problem).toMatchObject({ at: 8 });
  });
});

describe("typing a formula", () => {
  test("knows what is being typed, and puts a name or an operator in its place", () => {
    expect(tokenAt("alice | jo", 10)).toEqual({ start: 8, end: 10, text: "jo" });
    expect(tokenAt("alice |", 7)).toEqual({ start: 6, end: 7, text: "|" });
    expect(replaceToken("alice | jo", 10, "jonas")).toEqual({ value: "alice | jonas ", caret: 14 });
    expect(insertOperator("alice", 5, 5, "|")).toEqual({ value: "alice | ", caret: 8 });
    expect(insertOperator("alice | jonas", 0, 13, "()")).toEqual({ value: "(alice | jonas)", caret: 15 });
  });
});
