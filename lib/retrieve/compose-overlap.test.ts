import fc from "fast-check";
import { expect, test } from "vitest";
import { eachOverlap } from "./compose-overlap";

const words = fc.uniqueArray(fc.constantFrom(..."abcdefghijkl"), { maxLength: 7 });

test("finds the pairs that a look at all of them finds, each once", () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 14 }), fc.constantFrom(0.3, 0.5, 0.6, 1), (sets, least) => {
      const found: string[] = [];
      eachOverlap(sets, least, (a, b) => found.push(`${a} ${b}`));
      const expected = sets.flatMap((one, a) =>
        sets.flatMap((other, b) => {
          const both = one.filter((word) => other.includes(word)).length;
          return a < b && both > 0 && both / (one.length + other.length - both) >= least ? [`${a} ${b}`] : [];
        }),
      );
      expect(found.sort()).toEqual(expected.sort());
    }),
    { numRuns: 300 },
  );
});
