import { expect, it } from "vitest";
import { toFirstPerson } from "./first-person";

const franklin = { username: "ben", name: "Benjamin Franklin", aliases: ["Franklin"] };

it.each([
  ["Are you afraid of heights?", "am I afraid of heights?"],
  ["Where did you grow up?", "Where did I grow up?"],
  ["What matters most to you?", "What matters most to me?"],
  ["Your father, was he kind to you?", "my father, was he kind to me?"],
  ["Who taught you to swim, Ben?", "Who taught me to swim?"],
  ["Was Franklin proud?", "was I proud?"],
  ["What was Benjamin Franklin's trade?", "What was my trade?"],
  ["You’re stubborn, aren't you?", "I am stubborn, am I not?"],
  ["Should I trust my gut?", "Should I trust my gut?"],
])("rewrites %s", (asked, expected) => expect(toFirstPerson(asked, franklin)).toBe(expected));

it("takes a name that is also a word only when it is written as a name", () => {
  expect(toFirstPerson("What will Will do?", { username: "w", name: "Will", aliases: [] })).toBe("What will I do?");
});
