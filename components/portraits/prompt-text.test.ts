import { describe, expect, test } from "vitest";
import { chosenIn, markedPieces, namesPeople, withChoice, withPerson, wordsOf } from "./prompt-text";

const scenes = ["in a park", "by the sea"];

describe("withPerson", () => {
  test("puts the person ahead of the words", () => {
    expect(withPerson("portrait by the sea", 12, 0.85)).toBe("<faceid:12:0.85> portrait by the sea");
  });

  test("leaves a text alone that names people itself", () => {
    const text = "two friends <FaceID: 3 : 1> and <faceid:4:.5>";
    expect(namesPeople(text)).toBe(true);
    expect(withPerson(text, 12, 1)).toBe(text);
  });
});

test("wordsOf shows the words alone", () => {
  expect(wordsOf("portrait of <faceid:12:1>, by the sea")).toBe("portrait of, by the sea");
  expect(wordsOf("<faceid:12:1> film")).toBe("film");
});

describe("markedPieces", () => {
  const none = { understood: [], ignored: [], people: [] };

  test("cuts at what was read, less what stood ahead", () => {
    const text = "film, on a horse";
    const read = { ...none, understood: [{ start: 17, end: 21 }], ignored: [{ start: 23, end: 33 }] };
    expect(markedPieces(text, 17, read)).toEqual([
      { kind: "understood", text: "film" },
      { kind: null, text: ", " },
      { kind: "ignored", text: "on a horse" },
    ]);
  });

  test("passes over what stands elsewhere, and of two that overlap the later one", () => {
    const read = {
      ...none,
      understood: [
        { start: 0, end: 4 },
        { start: null, end: null },
      ],
      ignored: [
        { start: 2, end: 6 },
        { start: 40, end: 50 },
      ],
    };
    expect(markedPieces("film noir", 0, read).map(({ text }) => text)).toEqual(["film", " noir"]);
  });
});

describe("choices", () => {
  test("finds the one that stands in the text", () => {
    expect(chosenIn("portrait, In a park, film", scenes)).toBe("in a park");
    expect(chosenIn("portrait in a park", scenes)).toBe("");
  });

  test("puts one in the place of the other, at the end where there is none, and takes it out", () => {
    expect(withChoice("portrait, in a park, film", scenes, "by the sea")).toBe("portrait, by the sea, film");
    expect(withChoice("portrait", scenes, "by the sea")).toBe("portrait, by the sea");
    expect(withChoice("portrait, by the sea, film", scenes, "")).toBe("portrait, film");
    expect(withChoice("", scenes, "by the sea")).toBe("by the sea");
  });
});
