import { expect, test } from "vitest";
import { componentOf, type Predicate, type Statement } from "./grammar";
import { graphForm } from "./graph-form";

const form = (
  predicate: Predicate,
  object: string,
  polarity: Statement["polarity"] = "pos",
  condition: string | null = null,
) =>
  graphForm({
    component: componentOf(predicate),
    predicate,
    polarity,
    object,
    condition,
    statement: `I ${object}.`,
    reason: null,
    strength: null,
    confidence: 1,
    alternatives: [],
    start: 0,
    end: 1,
    quote: "x",
  }).key;

test("number, tense, order and words of frequency make no other statement", () => {
  expect(form("does", "always walking the dogs")).toBe(form("does", "walk the dog often"));
});

test("an antonym is its opposite denied", () => {
  expect(form("treats", "distrust strangers")).toBe(form("treats", "trust strangers", "neg"));
  expect(form("treats", "distrust strangers")).not.toBe(form("treats", "trust strangers"));
});

test("a word that the predicate says already is not folded: its polarity tells whether it is liked", () => {
  expect(form("likes", "detest crowds", "neg")).toBe(form("likes", "crowds", "neg"));
  expect(form("likes", "adore crowds")).toBe(form("likes", "crowds"));
});

test("both members of a pair in one statement are left as they are", () => {
  expect(form("attends", "remember faces and forget names")).not.toBe(
    form("attends", "remember faces and forget names", "neg"),
  );
  expect(form("attends", "remember faces and forget names")).not.toBe(
    form("attends", "remember faces and names", "neg"),
  );
});

test("another kind, polarity or condition is another statement", () => {
  const same = form("likes", "crowds");
  expect(form("esteems", "crowds")).not.toBe(same);
  expect(form("likes", "crowds", "neg")).not.toBe(same);
  expect(form("likes", "crowds", "pos", "when tired")).not.toBe(same);
});

test("a preference turned round is the opposite of it, and neither is a liking for both", () => {
  const tea = form("likes", "prefer tea to coffee");
  expect(form("likes", "prefer coffee to tea")).not.toBe(tea);
  expect(form("likes", "prefer coffee to tea", "neg")).toBe(tea);
  expect(form("likes", "tea and coffee")).not.toBe(tea);
  expect(form("likes", "choose a walk over a lift")).not.toBe(form("likes", "choose a lift over a walk"));
  expect(form("does", "walk over the hill")).toBe(form("does", "walks over hills"));
});
