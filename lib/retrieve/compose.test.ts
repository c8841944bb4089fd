import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFormula } from "@/lib/faces/formula";
import { composed, type Element, type Kept, wholeOperands } from "./compose";

/** A world of at most 24 elements in three parts; what one says of a subject another may say too, or deny. */
type World = { elements: Element[]; parts: Map<string, number[]>; said: { subject: number; isDenied: boolean }[] };

const world = fc
  .array(
    fc.record({
      part: fc.constantFrom("a", "b", "c"),
      subject: fc.nat(6),
      isDenied: fc.boolean(),
      confidence: fc.integer({ min: 35, max: 99 }).map((percent) => percent / 100),
      isDraft: fc.boolean(),
    }),
    { maxLength: 24 },
  )
  .map((rows): World => {
    const parts = new Map(
      ["a", "b", "c"].map((part) => [part, rows.flatMap((row, at) => (row.part === part ? [at] : []))]),
    );
    const elements = rows.map(({ part, subject, isDenied, confidence, isDraft }) => ({
      meaning: subject * 2 + Number(isDenied),
      // a part may hold both of a tension: only what others say against it counts
      denies: new Set(
        rows.flatMap((row, at) =>
          row.part !== part && row.subject === subject && row.isDenied !== isDenied ? [at] : [],
        ),
      ),
      confidence,
      isDraft,
    }));
    return { elements, parts, said: rows };
  });

const kept = ({ elements, parts }: World, formula: string): Kept[] => composed(parseFormula(formula), elements, parts);
const places = (world: World, formula: string) =>
  kept(world, formula)
    .map(({ at }) => at)
    .sort((x, y) => x - y);
/** Whatever else a member brings along, in an order of its own. */
const content = (world: World, formula: string) =>
  kept(world, formula)
    .map((each) => ({ ...each, also: [...each.also].sort((x, y) => x - y) }))
    .sort((x, y) => x.at - y.at);
const meaningsOf = (world: World, formula: string) =>
  [...new Set(places(world, formula).map((at) => world.elements[at]?.meaning ?? -1))].sort((x, y) => x - y);

const holds = (law: (world: World) => void) =>
  fc.assert(
    fc.property(world, (each) => {
      law(each);
    }),
    { numRuns: 1000 },
  );

describe("the algebra of faces", () => {
  test("a face with itself is itself, and without itself nothing", () =>
    holds((each) => {
      expect(content(each, "a | a")).toEqual(content(each, "a"));
      expect(content(each, "a & a")).toEqual(content(each, "a"));
      expect(kept(each, "a - a")).toEqual([]);
      expect(kept(each, "a ^ a")).toEqual([]);
    }));

  test("what exactly one says is what either says without what both say", () =>
    holds((each) => expect(content(each, "a ^ b")).toEqual(content(each, "(a | b) - (a & b)"))));

  test("with | nothing of the left is lost, and of the right only what the left says or denies", () =>
    holds((each) => {
      const both = places(each, "a | b");
      for (const at of places(each, "a")) expect(both).toContain(at);
      const left = new Set(meaningsOf(each, "a"));
      for (const at of places(each, "b")) {
        const element = each.elements[at];
        const wordings = places(each, "b").filter((other) => each.elements[other]?.meaning === element?.meaning);
        const isDraft = wordings.every((other) => each.elements[other]?.isDraft);
        const isDenied = places(each, "a").some(
          (other) => element?.denies.has(other) && (isDraft || each.elements[other]?.isDraft === false),
        );
        expect(both.includes(at)).toBe(!left.has(element?.meaning ?? -1) && !isDenied);
      }
    }));

  test("the left wins: nothing sure of a is denied in a | b but by a itself", () =>
    holds((each) => {
      const own = new Set(places(each, "a"));
      const sure = [...own].filter((at) => each.elements[at]?.isDraft === false);
      for (const at of places(each, "a | b")) {
        if (!own.has(at)) for (const other of sure) expect(each.elements[at]?.denies.has(other)).toBe(false);
      }
    }));

  test("& and - part the left", () =>
    holds((each) => {
      const parted = [...places(each, "a & b"), ...places(each, "a - b")].sort((x, y) => x - y);
      expect(parted).toEqual(places(each, "a"));
    }));

  test("& is of the same meanings from either side, and binds tighter", () =>
    holds((each) => {
      expect(meaningsOf(each, "a & b")).toEqual(meaningsOf(each, "b & a"));
      expect(meaningsOf(each, "a & b & c")).toEqual(meaningsOf(each, "c & (b & a)"));
      expect(content(each, "a | b & c")).toEqual(content(each, "a | (b & c)"));
    }));

  test("a | a & b is a, whatever b says", () =>
    holds((each) => expect(places(each, "a | a & b")).toEqual(places(each, "a"))));

  test("what goes by two names is taken away by either", () =>
    holds((each) => {
      expect(content(each, "a - b - c")).toEqual(content(each, "a - c - b"));
      expect(meaningsOf(each, "a - b - c")).toEqual(meaningsOf(each, "a - (b & c) - (b ^ c) - b - c"));
    }));

  test("no element is kept twice, shown and said by another alike, or brought in by what is taken away", () =>
    holds((each) => {
      for (const formula of ["a | b | c", "(a | b) & (b | c)", "a ^ b ^ c", "(a & b) | (a - c)"]) {
        const all = kept(each, formula);
        expect(new Set(all.map(({ at }) => at)).size).toBe(all.length);
        for (const { at, also } of all) {
          expect(also).not.toContain(at);
          for (const other of also) expect(each.elements[other]?.meaning).toBe(each.elements[at]?.meaning);
        }
      }
      const own = new Set(each.parts.get("a"));
      for (const { at, also } of kept(each, "a - b")) for (const one of [at, ...also]) expect(own.has(one)).toBe(true);
    }));
});

describe("how sure a composite is", () => {
  const elements = [
    { meaning: 0, denies: new Set<number>(), confidence: 0.9, isDraft: false },
    { meaning: 0, denies: new Set<number>(), confidence: 0.4, isDraft: true },
  ];
  const parts = new Map([
    ["a", [0]],
    ["b", [1]],
  ]);

  test("as the surer one where either is enough, as the less sure one where both must say it", () => {
    expect(composed(parseFormula("b | a"), elements, parts)).toEqual([
      { at: 1, also: [0], confidence: 0.9, isDraft: false },
    ]);
    expect(composed(parseFormula("a & b"), elements, parts)).toEqual([
      { at: 0, also: [1], confidence: 0.4, isDraft: true },
    ]);
  });
});

test("a formula takes as a whole what stands under | alone", () => {
  expect(wholeOperands(parseFormula("a | (b | c)"))).toEqual(["a", "b", "c"]);
  expect(wholeOperands(parseFormula("a | b & c"))).toEqual(["a"]);
  expect(wholeOperands(parseFormula("a - b"))).toEqual([]);
  expect(wholeOperands(parseFormula("(a ^ b) | c"))).toEqual(["c"]);
});
