import type { Formula } from "@/lib/faces/formula";

/** A primitive among those of all parts, as the algebra sees it. */
export type Element = {
  /** which meaning it has: elements of one class say the same */
  meaning: number;
  /** elements that deny it */
  denies: ReadonlySet<number>;
  confidence: number;
  isDraft: boolean;
};

/** An element that a formula keeps, and the elements of other parts that say the same. */
export type Kept = { at: number; also: number[]; confidence: number; isDraft: boolean };

/** What a part of a formula comes to: what it keeps, by meaning. */
type Value = Map<number, Kept[]>;

/**
 * The set that a formula makes of the elements of its parts.
 *
 * It is the algebra of sets over meanings, so its laws hold exactly: `a | a` is `a`, `a - a` is nothing, `a ^ b` is
 * `(a | b) - (a & b)`. Of what several parts say the leftmost one's wording stays. What the right side of `|` or `^`
 * says against the left is left out, unless the left is the less sure of the two.
 *
 * @param elements all primitives of all parts
 * @param parts places of each part's primitives among them, by the part's `ref`
 */
export function composed(
  formula: Formula,
  elements: readonly Element[],
  parts: Map<string, readonly number[]>,
): Kept[] {
  const evaluate = (each: Formula): Value => {
    if (each.kind === "face") return leaf(parts.get(each.ref) ?? [], elements);
    const left = evaluate(each.left);
    const right = evaluate(each.right);
    switch (each.operator) {
      case "|":
        return new Map([...merged(left, right, "either"), ...undenied(left, without(right, left), elements)]);
      case "&":
        return merged(intersection(left, right), right, "both");
      case "-":
        return without(left, right);
      case "^":
        return new Map([...without(left, right), ...undenied(left, without(right, left), elements)]);
    }
  };
  return [...evaluate(formula).values()].flat();
}

function leaf(places: readonly number[], elements: readonly Element[]): Value {
  const value: Value = new Map();
  for (const at of places) {
    const element = elements[at];
    if (element === undefined) continue;
    const kept = { at, also: [], confidence: element.confidence, isDraft: element.isDraft };
    const same = value.get(element.meaning);
    if (same === undefined) value.set(element.meaning, [kept]);
    else same.push(kept);
  }
  return value;
}

function without(value: Value, other: Value): Value {
  return new Map([...value].filter(([meaning]) => !other.has(meaning)));
}

function intersection(value: Value, other: Value): Value {
  return new Map([...value].filter(([meaning]) => other.has(meaning)));
}

/**
 * What of the right does not deny anything that the left keeps. A draft of the left gives way to what is sure; what is
 * said in several wordings is sure when one of them is.
 */
function undenied(left: Value, right: Value, elements: readonly Element[]): Value {
  const stands = new Map([...left.values()].flat().map(({ at, isDraft }) => [at, isDraft]));
  const isDenied = (kept: readonly Kept[]) => {
    const isDraft = kept.every((each) => each.isDraft);
    const denying = kept.flatMap(({ at }) => [...(elements[at]?.denies ?? [])]);
    return denying.some((other) => stands.has(other) && (isDraft || stands.get(other) === false));
  };
  return new Map([...right].filter(([, kept]) => !isDenied(kept)));
}

/**
 * The left, with what the right says of the same. Where either is enough, the surer one counts; where both must say
 * it, the less sure one.
 */
function merged(left: Value, right: Value, needed: "either" | "both"): Value {
  return new Map(
    [...left].map(([meaning, kept]) => {
      const others = right.get(meaning);
      if (others === undefined) return [meaning, kept];
      const own = new Set(kept.map(({ at }) => at));
      const also = others.flatMap((other) => [other.at, ...other.also]).filter((at) => !own.has(at));
      // the same sources behind each of several wordings would count several times
      return [meaning, kept.map((each, place) => merge(each, others, place === 0 ? also : [], needed))];
    }),
  );
}

function merge(each: Kept, others: readonly Kept[], also: readonly number[], needed: "either" | "both"): Kept {
  // a part that stands on both sides is no second witness
  const witnesses = others.some(({ at }) => at === each.at) ? others.filter(({ at }) => at === each.at) : others;
  const surest = Math.max(...witnesses.map(({ confidence }) => confidence));
  const isDraft = witnesses.every((other) => other.isDraft);
  return {
    at: each.at,
    also: [...new Set([...each.also, ...also])],
    confidence: needed === "both" ? Math.min(each.confidence, surest) : Math.max(each.confidence, surest),
    isDraft: needed === "both" ? each.isDraft || isDraft : each.isDraft && isDraft,
  };
}

/** The parts of which a formula keeps all that nothing denies: those that stand under nothing but `|`. */
export function wholeOperands(formula: Formula): string[] {
  if (formula.kind === "face") return [formula.ref];
  if (formula.operator !== "|") return [];
  return [...new Set([...wholeOperands(formula.left), ...wholeOperands(formula.right)])];
}
