import { expect, test } from "vitest";
import { faceNames, mentions } from "./face-mention";

const marit = faceNames({ username: "marit", name: "Marit Oyelaran", aliases: ["Mo"], pronouns: "she/her" }, "");

test("follows the face by name, part of a name, alias and pronoun", () => {
  expect(
    mentions(["Marit Oyelaran grinds lenses.", "She is patient.", "Oyelaran lives alone.", "Mo sings."], marit),
  ).toEqual(["face", "face", "face", "face"]);
});

test("holds back what is said of others", () => {
  expect(
    mentions(
      ["Marit grinds lenses.", "Her brother is a drunk.", "Joakim is afraid of dogs.", "He trembles."],
      marit,
    ).slice(1),
  ).toEqual(["other", "other", "other"]);
});

test("gives the pronoun to a woman just named, and takes it back at the face's name", () => {
  expect(mentions(["Birgit is a surgeon.", "She hates waste.", "Marit admires her."], marit)).toEqual([
    "other",
    "other",
    "face",
  ]);
});

test("knows the likelier pronoun when none is set", () => {
  const text = "He walked. His dog followed him. He whistled.";
  expect(faceNames({ username: "bo", name: "Bo", aliases: [], pronouns: null }, text).pronoun).toBe("he");
  expect(faceNames({ username: "bo", name: "Bo", aliases: [], pronouns: null }, "It rained.").pronoun).toBeNull();
});

test("takes names as text, whatever signs are in them", () => {
  expect(() =>
    mentions(
      ["X (y) [z sings."],
      faceNames({ username: "x", name: "X (y) [z", aliases: ["a+b*"], pronouns: null }, ""),
    ),
  ).not.toThrow();
});
