import { expect, it } from "vitest";
import { afterAnotherTopic, isCovered, readPairs } from "./pairs";

const conversations = ["nadia", "walter", "priya", "joon"].map((name) => {
  const set = readPairs(name, "conversations", "there are no other texts");
  if (set === null) throw new Error(`${name} holds its own text`);
  return set;
});

it("has long conversations with questions enough, half of them held out", () => {
  for (const { text } of conversations) expect(text.split("\n").length).toBeGreaterThan(130);
  const questions = conversations.flatMap((set) => set.questions);
  expect(questions.length).toBeGreaterThanOrEqual(120);
  expect(questions.filter(({ isHeldOut }) => isHeldOut).length).toBeGreaterThanOrEqual(60);
});

it("finds every piece of evidence in a turn of the face", () => {
  for (const { name, text, speaker, questions } of conversations)
    for (const { start, end } of questions.flatMap(({ evidence }) => evidence)) {
      const turn = text.slice(text.lastIndexOf("\n", start) + 1, end);
      expect(turn, name).toMatch(new RegExp(`^\\[[^\\]]+\\] ${speaker}: `));
    }
});

it("asks no question twice of a text", () => {
  for (const { questions } of conversations) {
    const asked = questions.map(({ turns }) => JSON.stringify(turns));
    expect(new Set(asked).size).toBe(asked.length);
  }
});

it("puts another topic before a question and leaves what is asked as it is", () => {
  for (const set of conversations)
    for (const { turns } of afterAnotherTopic(set)) {
      expect(turns.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
      expect(turns[0]?.text).not.toBe(turns[2]?.text);
    }
});

it("takes half of a quote for the quote, and less for nothing", () => {
  expect(isCovered([{ start: 0, end: 5 }], { start: 0, end: 10 })).toBe(true);
  expect(isCovered([{ start: 0, end: 4 }], { start: 0, end: 10 })).toBe(false);
});
