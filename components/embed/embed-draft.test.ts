import { describe, expect, test } from "vitest";
import { changeOf } from "./embed-draft";

const draft = { perDay: "20", budget: "5", greeting: " Hello ", suggestions: "", disclosure: "" };

describe("what is typed", () => {
  test("is what is saved", () => {
    expect(changeOf({ ...draft, budget: "$1,50", suggestions: " a \n\nb\nc\nd\ne" }).change).toEqual({
      visitor_messages_per_day: 20,
      budget_usd: 1.5,
      greeting: "Hello",
      disclosure: "",
      suggestions: ["a", "b", "c", "d"],
    });
  });

  test.each(["", "0", "1.5", "1001", "-1", "x", "1e9"])("%j is no number of messages", (perDay) => {
    expect(changeOf({ ...draft, perDay })).toMatchObject({ change: null, problems: { perDay: expect.any(String) } });
  });

  test.each(["", "-1", "x", "1000001"])("%j is no budget", (budget) => {
    expect(changeOf({ ...draft, budget })).toMatchObject({ change: null, problems: { budget: expect.any(String) } });
  });
});
