import { expect, it } from "vitest";
import { askedKind } from "./asked-kind";

it.each([
  ["What am I afraid of?", "fears"],
  ["What matters most to me?", "values"],
  ["What matters to me in life?", "values"],
  ["What do I believe?", "believes"],
  ["How do I make decisions?", "decides"],
  ["What do I do for a living?", "works_as"],
  ["Describe myself", "is"],
  ["What kind of person am I?", "is"],
])("takes %s for a question without a topic", (question, predicate) => {
  expect([...(askedKind(question)?.predicates ?? [])]).toContain(predicate);
});

it.each([
  "Am I afraid of heights?",
  "Do I like beer?",
  "Where was I born?",
  "What do I think of lectures?",
  "Hello!",
  "",
])("leaves %s to its words", (question) => expect(askedKind(question)).toBeNull());

it("tells what is liked from what is not", () => {
  expect(askedKind("What do I like?")?.polarity).toBe("pos");
  expect(askedKind("What do I hate?")?.polarity).toBe("neg");
});
