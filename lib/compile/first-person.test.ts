import { expect, test } from "vitest";
import { toFirstPerson } from "./first-person";

const marit = { names: ["Marit Oyelaran", "Marit", "Oyelaran"], pronoun: "she" } as const;
const face = { names: [...marit.names], pronoun: marit.pronoun };

test.each([
  ["She is small and stubborn.", "I am small and stubborn."],
  ["Marit never raises her voice.", "I never raise my voice."],
  ["She has always loved the sea.", "I have always loved the sea."],
  ["Oyelaran's workshop is her church.", "My workshop is my church."],
  ["Nobody told her.", "Nobody told me."],
  ["He gave Marit a lamp.", "He gave me a lamp."],
  ["Marit Oyelaran carries her own tools herself.", "I carry my own tools myself."],
  ["She doesn't trust maps.", "I don't trust maps."],
])("puts %j into the first person", (third, first) => {
  expect(toFirstPerson(third, face)).toBe(first);
});
