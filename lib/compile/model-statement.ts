import { z } from "zod";
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

/**
 * Saves what is valid in an answer that as a whole is not.
 *
 * @returns null when the text is no JSON object with a list of statements
 */
export function salvageAnswer(text: string): { statements: ModelStatement[]; refused: number } | null {
  const json = /\{[\s\S]*\}/u.exec(text)?.[0];
  if (json === undefined) return null;
  try {
    const answer = z.object({ statements: z.array(z.unknown()) }).parse(JSON.parse(json));
    const parsed = answer.statements.map((entry) => ModelStatement.safeParse(entry));
    const statements = parsed.flatMap((entry) => (entry.success ? [entry.data] : []));
    return { statements, refused: parsed.length - statements.length };
  } catch {
    return null;
  }
}
