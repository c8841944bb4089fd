import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "@/lib/json-body";

const encode = (text: string) => new TextEncoder().encode(text);

describe("parseJson", () => {
  test("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const expected: unknown = JSON.parse(text);
        if (!text.includes("\\u")) expect(parseJson(encode(text))).toEqual(expected);
      }),
    );
  });

  test.each(["[", '{"a":', '[{"a":'])("refuses what is nested too deep, whatever it consists of: %s", (open) => {
    expect(() => parseJson(encode(open.repeat(3_000_000)))).toThrow("nested deeper than 128 levels");
  });

  test("reads a hundred levels, and brackets that only stand in strings", () => {
    const deep = "[".repeat(100) + "]".repeat(100);
    expect(JSON.stringify(parseJson(encode(deep)))).toBe(deep);
    for (const text of ["[".repeat(1000), '\\"['.repeat(1000), `${"\\".repeat(1001)}"${"[".repeat(500)}`]) {
      expect(parseJson(encode(JSON.stringify({ [text]: text })))).toEqual({ [text]: text });
    }
  });

  test("is quick also where strings are all there is", () => {
    const text = JSON.stringify(Array.from({ length: 100_000 }, () => '\\"'.repeat(20)));
    expect(parseJson(encode(text))).toHaveLength(100_000);
  });

  test.each([
    [new Uint8Array([0x22, 0xff, 0x22]), "not valid UTF-8"],
    [encode("{"), "not valid JSON"],
    [encode('"\\u0000"'), "NUL"],
    [encode('{"a\\u0000":1}'), "NUL"],
  ])("says what is wrong: %#", (bytes, reason) => {
    expect(() => parseJson(bytes)).toThrow(reason);
  });
});
