import { formulaText as text } from "@/components/strings/faces";
import { type Formula, FormulaError, operandsOf, parseFormula } from "@/lib/faces/formula";
import type { FaceView } from "@/lib/faces/schemas";

/** What is wrong with a formula, and where: `length` characters from `at`; none at its end. */
export type FormulaProblem = {
  message: string;
  at: number;
  length: number;
  /** what was meant, perhaps */ fix?: string;
};

export type CheckedFormula = { formula: Formula; problem: null } | { formula: Formula | null; problem: FormulaProblem };

/**
 * Reads a formula as the server does, and looks whether its faces can be parts.
 *
 * @param faces all that the account has; null: not known yet
 * @param self the face that it is for, when it is there already
 */
export function checkFormula(value: string, faces: readonly FaceView[] | null, self: string | null): CheckedFormula {
  if (value.trim() === "") return { formula: null, problem: { message: text.empty, at: 0, length: 0 } };
  let formula: Formula;
  try {
    formula = parseFormula(value);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return { formula: null, problem: { message: error.message, at: error.at, length: error.length } };
  }
  const problem = faces === null ? null : operandProblem(formula, faces, self);
  return problem === null ? { formula, problem } : { formula, problem };
}

function operandProblem(formula: Formula, faces: readonly FaceView[], self: string | null): FormulaProblem | null {
  const own = faces.filter((face) => !face.is_sample);
  for (const { ref, at } of operandsOf(formula)) {
    const face = own.find(({ id, username }) => id === ref || username === ref);
    const place = { at, length: ref.length };
    if (face === undefined) {
      const fix = nearest(
        ref,
        own.flatMap((each) => (each.formula === null ? [each.username] : [])),
      );
      return { message: text.unknownFace(ref), ...place, ...(fix === null ? {} : { fix }) };
    }
    if (face.id === self) return { message: text.itself(ref), ...place };
    if (face.formula !== null) return { message: text.composite(ref), ...place };
  }
  return null;
}

const maxDistance = 2;

function nearest(ref: string, names: readonly string[]): string | null {
  const ranked = names
    .map((name) => ({ name, distance: name.startsWith(ref) ? 1 : distance(ref, name) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= maxDistance ? best.name : null;
}

/** How many letters one would have to change (Levenshtein). */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > maxDistance) return maxDistance + 1;
  let row = Array.from({ length: b.length + 1 }, (_each, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + change));
    }
    row = next;
  }
  return row.at(-1) ?? maxDistance + 1;
}
