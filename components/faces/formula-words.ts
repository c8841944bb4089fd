import { formulaText as text } from "@/components/strings/faces";
import type { Formula } from "@/lib/faces/formula";

/**
 * A formula as a sentence would say it: "what Alice and Jonas both say, without what Mara says".
 *
 * @param nameOf what a face is called, by its username
 */
export function formulaWords(formula: Formula, nameOf: (ref: string) => string): string {
  if (formula.kind === "face") return text.says([nameOf(formula.ref)]);
  const { operator, left, right } = formula;
  const names = operandsOfOne(formula, operator)?.map(nameOf);
  if (operator === "|" && names) return text.says(names);
  if (operator === "&" && names) return text.bothSay(names);
  if (operator === "^" && names?.length === 2) return text.oneSays(names);
  const [first, second] = [formulaWords(left, nameOf), within(right, nameOf)];
  switch (operator) {
    case "|":
      return text.together(first, second);
    case "&":
      return text.asFarAs(within(left, nameOf), second);
    case "-":
      return text.without(first, second);
    case "^":
      return text.notBoth(within(left, nameOf), second);
  }
}

/** A part of a longer sentence; brackets where it is one of several clauses itself. */
function within(formula: Formula, nameOf: (ref: string) => string): string {
  const words = formulaWords(formula, nameOf);
  return words.includes(",") ? text.group(words) : words;
}

/** The faces of a formula that has one operator alone; null where it has others. */
function operandsOfOne(formula: Formula, operator: string): string[] | null {
  if (formula.kind === "face") return [formula.ref];
  if (formula.operator !== operator) return null;
  const [left, right] = [operandsOfOne(formula.left, operator), operandsOfOne(formula.right, operator)];
  return left && right ? [...new Set([...left, ...right])] : null;
}
