import { expect, test } from "vitest";
import { polarityOf, qualifiers, strengthOf } from "./qualifiers";

test.each([
  ["I don't like crowds.", "likes", "neg"],
  ["I can't stand small talk.", "likes", "neg"],
  ["I don't hate Mondays.", "likes", "pos"],
  ["I never go without my dinner.", "does", "pos"],
  ["I not only read but annotate.", "does", "pos"],
  ["I never criticise anyone in public.", "treats", "neg"],
  ["I am incapable of mastering any language.", "can", "neg"],
  ["I believe that nobody is born wicked.", "believes", "pos"],
  ["I don't believe in fate.", "believes", "neg"],
  ["I have no brother.", "relates_to", "neg"],
  ["When nobody is looking I sing.", "does", "pos"],
  ["I am afraid of not being heard.", "fears", "pos"],
  ["I'm not afraid of the dark.", "fears", "neg"],
  ["I never speak before counting to ten.", "speaks", "pos"],
  ["I laminate by feel, never by the timer.", "works", "pos"],
  ["I don't argue, I leave the room.", "reacts", "pos"],
  ["I eat nothing but bread.", "does", "pos"],
  ["I am anything but patient.", "is", "neg"],
  ["I have given up smoking.", "does", "neg"],
  ["I speak to nobody at the gym.", "treats", "neg"],
  ["I hardly ever dance.", "does", "neg"],
  ["I can't help laughing at funerals.", "reacts", "pos"],
  ["I have yet to feel worthy of my pulpit.", "feels", "neg"],
  ["I read slowly rather than not at all.", "learns", "pos"],
  ["I don't speak until I am asked.", "speaks", "pos"],
] as const)("reads the polarity of %j as %s %s", (clause, predicate, polarity) => {
  expect(polarityOf(clause, predicate)).toBe(polarity);
});

test("takes the when and the because clause apart", () => {
  expect(qualifiers("When I am in trouble, eating consoles me.")).toMatchObject({ condition: "When I am in trouble" });
  expect(qualifiers("I keep lists because I forget things.")).toMatchObject({
    reason: "because I forget things",
    condition: null,
  });
  expect(qualifiers("I always ask if it is true.").condition).toBeNull();
  expect(qualifiers("I like people after all.").condition).toBeNull();
});

test.each([
  ["I never smoke", "never"],
  ["I never travel without my diary", "always"],
  ["Every morning I run", "always"],
  ["I seldom argue", "rarely"],
  ["I usually win", "often"],
  ["Now and then I paint", "sometimes"],
  ["I paint", null],
] as const)("reads how often in %j", (clause, strength) => {
  expect(strengthOf(clause)).toBe(strength);
});
