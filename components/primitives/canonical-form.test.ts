import { expect, test } from "vitest";
import { canonicalForm } from "./canonical-form";

const crowds = { component: "beta", predicate: "likes", polarity: "neg", object: "crowds" };
const memory = {
  component: "alpha",
  predicate: "comes_from",
  polarity: "pos",
  object: "earliest recollection goes back",
};

test("a word that joins stands once, wherever the text has it already", () => {
  expect(canonicalForm({ ...crowds, condition: "tired" })).toBe("beta.likes not crowds when tired");
  expect(canonicalForm({ ...crowds, condition: "whenever I am tired" })).toBe(
    "beta.likes not crowds whenever I am tired",
  );
  const own = { ...memory, object: `${memory.object} only to when` };
  const form = "alpha.comes_from earliest recollection goes back only to when I was four";
  expect(canonicalForm({ ...own, condition: "I was four" })).toBe(form);
  expect(canonicalForm({ ...own, condition: "when I was four" })).toBe(form);
  expect(canonicalForm({ ...memory, condition: "when I was four" })).toBe(
    "alpha.comes_from earliest recollection goes back when I was four",
  );
});

test("a reason is joined in the same way", () => {
  expect(canonicalForm({ ...crowds, reason: "of the noise" })).toBe("beta.likes not crowds because of the noise");
  expect(canonicalForm({ ...crowds, condition: "tired", reason: "since they are loud" })).toBe(
    "beta.likes not crowds when tired since they are loud",
  );
  expect(canonicalForm({ ...crowds, condition: null, reason: null })).toBe("beta.likes not crowds");
});
