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
  ["Mrs Oyelaran is herself a chemist.", "I am myself a chemist."],
  ["Tell her anything and she forgets it.", "Tell me anything and I forget it."],
  ["She goes grey and stops eating.", "I go grey and stop eating."],
  ["She likes cats and dogs.", "I like cats and dogs."],
  ["“She is a fool and I never plan,” she says.", "“She is a fool and I never plan,” I say."],
])("puts %j into the first person", (third, first) => {
  expect(toFirstPerson(third, face)).toBe(first);
});
