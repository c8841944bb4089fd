import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { type Formula, operandsOf, operators, parseFormula, withNames } from "./formula";

/** Fully parenthesised, so that what binds tighter can be seen. */
function shape(formula: Formula): string {
  if (formula.kind === "face") return formula.ref;
  return `(${shape(formula.left)} ${formula.operator} ${shape(formula.right)})`;
}

describe("reading a formula", () => {
  test.each([
    ["a", "a"],
    ["a | b", "(a | b)"],
    ["a | b & c", "(a | (b & c))"],
    ["a & b | c", "((a & b) | c)"],
    ["a - b - c", "((a - b) - c)"],
    ["a ^ b | c - d", "(((a ^ b) | c) - d)"],
    ["a - (b | c)", "(a - (b | c))"],
    ["(a | b) & (c - d)", "((a | b) & (c - d))"],
    ["((a))", "a"],
    ["  mary-jane\t-\nbob-2 ", "(mary-jane - bob-2)"],
    ["- - -", "(- - -)"],
    ["face_01abcdefghjkmnpqrstvwxyz01 | b", "(face_01abcdefghjkmnpqrstvwxyz01 | b)"],
  ])("%s is %s", (text, expected) => {
    expect(shape(parseFormula(text))).toBe(expected);
  });

  test.each([
    ["", "A face is missing, at its end"],
    ["   ", "A face is missing, at its end"],
    ["a |", "A face is missing, at its end"],
    ["a | | b", "A face is missing before |, at character 5"],
    ["a b", "An operator (| & - ^) is missing before b, at character 3"],
    ["a -b", "An operator (| & - ^) is missing before -b, at character 3"],
    ["a|b", "Operators stand between spaces, unlike in a|b, at character 1"],
    ["a |b", "Operators stand between spaces, unlike in |b, at character 3"],
    ["(a | b", "A ) is missing, at its end"],
    ["a | b)", "There is a ) too many, at character 6"],
    ["a & ()", "A face is missing before ), at character 6"],
    ["a | Bob", "Bob is no username, at character 5"],
    ["a | ${b}", "${b} is no username, at character 5"],
    ["(".repeat(40), "Parentheses stand more than 32 deep, at character 33"],
  ])("%j: %s", (text, message) => {
    expect(() => parseFormula(text)).toThrow(`The formula cannot be read: ${message}.`);
  });

  test("refuses what names too many", () => {
    expect(() => parseFormula(Array(17).fill("a").join(" | "))).toThrow("at most 16 faces");
    expect(operandsOf(parseFormula(Array(16).fill("a").join(" | ")))).toHaveLength(16);
  });
});

const username = fc.stringMatching(/^[a-z0-9-]{1,32}$/);
const { formula } = fc.letrec<{ formula: Formula; face: Formula; operation: Formula }>((tie) => ({
  formula: fc.oneof({ maxDepth: 4, withCrossShrink: true }, tie("face"), tie("operation")),
  face: username.map((ref): Formula => ({ kind: "face", ref, at: 0 })),
  operation: fc
    .tuple(fc.constantFrom(...operators), tie("formula"), tie("formula"))
    .map(([operator, left, right]): Formula => ({ kind: "operation", operator, left, right })),
}));

/** As few parentheses as it needs. */
function written(each: Formula): string {
  if (each.kind === "face") return each.ref;
  const binds = ({ operator }: { operator: string }) => (operator === "&" ? 2 : 1);
  const part = (inner: Formula, isOpen: boolean) => (isOpen ? written(inner) : `(${written(inner)})`);
  const { left, right } = each;
  const leftPart = part(left, left.kind === "face" || binds(left) >= binds(each));
  return `${leftPart} ${each.operator} ${part(right, right.kind === "face" || binds(right) > binds(each))}`;
}

const small = formula.filter((each) => operandsOf(each).length <= 16);

describe("any formula", () => {
  test("is read back as it was written, with all its parentheses or with no more than it needs", () => {
    fc.assert(
      fc.property(small, (each) => {
        const text = written(each);
        const read = parseFormula(text);
        expect(shape(read)).toBe(shape(each));
        expect(shape(parseFormula(shape(each)))).toBe(shape(each));
        for (const { ref, at } of operandsOf(read)) expect(text.slice(at, at + ref.length)).toBe(ref);
      }),
    );
  });

  test("keeps its form under other names", () => {
    fc.assert(
      fc.property(small, (each) => {
        const text = written(each);
        const ids = new Map(
          operandsOf(each).map(({ ref }) => [ref, `face_${ref.replaceAll("-", "0").padEnd(26, "z").slice(0, 26)}`]),
        );
        const back = new Map([...ids].map(([ref, id]) => [id, ref]));
        fc.pre(back.size === ids.size);
        const stored = withNames(text, (ref) => ids.get(ref) ?? "");
        expect(withNames(stored, (id) => back.get(id) ?? "")).toBe(text);
      }),
    );
    expect(withNames("( a  |  b ) & a", (ref) => `${ref}${ref}`)).toBe("( aa  |  bb ) & aa");
  });

  test("any text is read or refused in a sentence, whatever it holds", () => {
    const pieces = fc.constantFrom(
      "a",
      "b-c",
      "-",
      "|",
      "&",
      "^",
      "(",
      ")",
      " ",
      "  ",
      "|b",
      "É",
      "\u0000",
      "💥",
      "${a}",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.array(pieces, { maxLength: 40 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(text, (each) => {
        try {
          parseFormula(each);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect(error).toMatchObject({ code: "invalid_input", param: "formula" });
          expect((error as AppError).message).toMatch(/\.$/u);
        }
      }),
      { numRuns: 120 },
    );
  });
});
