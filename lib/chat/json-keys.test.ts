import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonKeys } from "./json-keys";

describe("the keys of a JSON object as it stands", () => {
  it("are found with their values, however it is written", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), fc.constantFrom(undefined, 1, "\t"), (object, indent) => {
        const text = ` ${JSON.stringify(object, null, indent)}\n`;
        const found = jsonKeys(text).map(({ key, start, end }) => [key, JSON.parse(text.slice(start, end)) as unknown]);
        expect(found).toEqual(Object.entries(JSON.parse(text) as object));
      }),
    );
  });

  it("are found as often as they stand there, escaped or not", () => {
    const text = '{"model": "a\\"},{", "n":{"model":1} , "mod\\u0065l":[1,{"x":"]"}]}';
    expect(jsonKeys(text).map(({ key, start, end }) => [key, text.slice(start, end)])).toEqual([
      ["model", '"a\\"},{"'],
      ["n", '{"model":1}'],
      ["model", '[1,{"x":"]"}]'],
    ]);
  });
});
