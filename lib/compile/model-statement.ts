import { z } from "zod";
import { parseJson } from "@/lib/json";
import { kinds, strengths } from "./grammar";

/** A statement as a language model is asked to give it; every field is there, because strict providers want that. */
export const ModelStatement = z.object({
  predicate: z.enum(kinds.map(({ predicate }) => predicate)),
  polarity: z.enum(["pos", "neg"]),
  statement: z.string().min(1).describe("one short sentence in the first person, at most 24 words"),
  object: z.string().describe("what the predicate is said of"),
  condition: z.string().nullable().describe("the when or if clause, or null"),
  reason: z.string().nullable().describe("the because clause, or null"),
  strength: z.enum(strengths).nullable(),
  confidence: z.number().min(0).max(1),
  quote: z.string().min(1).describe("the words of the source it rests on, copied exactly"),
});
export type ModelStatement = z.infer<typeof ModelStatement>;

export const ModelAnswer = z.object({ statements: z.array(ModelStatement) });

export type ReadAnswer = { statements: ModelStatement[]; refused: number };

/**
 * Saves what is valid in an answer that as a whole is not: also one that breaks off, or is wrapped in words.
 *
 * @returns null when the text holds no list of statements
 */
export function salvageAnswer(text: string): ReadAnswer | null {
  const list = /"statements"\s*:\s*\[/u.exec(text);
  if (list === null) return null;
  const parsed = objectsIn(text, list.index + list[0].length).map((json) => ModelStatement.safeParse(parseJson(json)));
  const statements = parsed.flatMap((entry) => (entry.success ? [entry.data] : []));
  return { statements, refused: parsed.length - statements.length };
}

/** The outermost `{…}` from there on, as texts; one that never ends is left out. */
function objectsIn(text: string, from: number): string[] {
  const found: string[] = [];
  let [depth, start, isString] = [0, from, false];
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (isString) {
      if (sign === "\\") at += 1;
      else if (sign === '"') isString = false;
    } else if (sign === '"') isString = true;
    else if (sign === "{") {
      if (depth === 0) start = at;
      depth += 1;
    } else if (sign === "}" && depth > 0) {
      depth -= 1;
      if (depth === 0) found.push(text.slice(start, at + 1));
    } else if (sign === "]" && depth === 0) break;
  }
  return found;
}
