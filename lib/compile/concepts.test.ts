import { expect, test } from "vitest";
import { findConcepts } from "./concepts";

const about = (texts: string[], faceNames: string[] = []) =>
  findConcepts(
    texts.map((text, n) => ({ key: `k${n}`, texts: [text] })),
    faceNames,
  ).map(({ kind, name, primitives }) => `${kind} ${name} ${primitives.join(",")}`);

test("people and places are told apart, and a name in parts is one", () => {
  const found = about([
    "I worked for Mr. Keimer in Philadelphia.",
    "I never liked Keimer.",
    "I admire Charles Lyell.",
    "I owe much to Lyell.",
    "I grew up in Shrewsbury I think.",
  ]);
  expect(found).toEqual([
    "person Charles Lyell k2,k3",
    "person Keimer k0,k1",
    "place Philadelphia k0",
    "place Shrewsbury k4",
  ]);
});

test("the face itself is no concept, and neither is the first word of a sentence", () => {
  expect(about(["Alice trusts me.", "Honesty matters to me.", "I am Alice Moor."], ["Alice Moor", "alice"])).toEqual(
    [],
  );
});

test("topics are nouns that several primitives are about, as they are most often written", () => {
  const found = about([
    "I keep bees.",
    "I love bees.",
    "A bee calms me.",
    "I sold a car.",
    "I take night trains.",
    "Night trains calm me.",
  ]);
  expect(found).toContain("topic bees k0,k1,k2");
  expect(found).toContain("topic night trains k4,k5");
  expect(found.join()).not.toContain("car");
});

test("who is named does not depend on the order of the primitives", () => {
  const texts = ["I met Dr. Grant.", "I met Grant.", "I love beetles.", "I hate beetles."];
  const names = (all: string[]) => about(all).map((line) => line.split(" ").slice(0, 2).join(" "));
  expect(names([...texts].reverse())).toEqual(names(texts));
});
