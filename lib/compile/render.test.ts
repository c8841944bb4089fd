import fc from "fast-check";
import { expect, test } from "vitest";
import { maxStatementWords } from "./grammar";
import { objectOf, render, tidy } from "./render";

const even = (): number => 0.5;
const words = (text: string): number => text.split(/\s+/u).length;

test("keeps a short sentence in the person's own words", () => {
  expect(render("I never mind the rain.", even).statement).toBe("I never mind the rain.");
  expect(render("To my mind, nothing is worse than a bad loser.", even).statement).toBe(
    "To my mind, nothing is worse than a bad loser.",
  );
});

test("drops lead-ins, footnote marks, brackets and speech tags, never a word that turns the sense", () => {
  expect(tidy("And so I write _every_ day[3] (except Sundays).")).toBe("I write every day.");
  expect(tidy("No man is free.")).toBe("No man is free.");
  expect(tidy("No other explanation was possible to me.")).toBe("No other explanation was possible to me.");
  expect(tidy("No, I never drink.")).toBe("I never drink.");
  expect(tidy("“I hate cats,” said Ann.")).toBe("I hate cats");
});

test("takes the clause about the speaker out of a long sentence", () => {
  const long =
    "The house stood by the river and had been painted twice that year by a man from Leeds; I have always loved old houses.";
  expect(render(long, (clause) => (/love/u.test(clause) ? 0.9 : 0.1)).statement).toBe(
    "I have always loved old houses.",
  );
});

test("says what the predicate is said of", () => {
  const rendering = render("I really love old houses when they creak.", even);
  expect(objectOf(rendering, "likes")).toBe("old houses");
});

test("never makes more than 24 words or an empty statement, whatever the sentence", () => {
  const part = fc.constantFrom(
    "I",
    "love",
    "and",
    "but",
    "never,",
    ";",
    "—",
    "because",
    "when",
    "the",
    "(aside)",
    "house,",
    "“no”",
    "my",
    "of",
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 80 }), (parts) => {
      const { statement } = render(`Cats ${parts.join(" ")} end.`, even);
      expect(words(statement.replace(/ …$/u, ""))).toBeLessThanOrEqual(maxStatementWords);
      expect(statement.length).toBeGreaterThan(1);
    }),
    { verbose: true },
  );
});
