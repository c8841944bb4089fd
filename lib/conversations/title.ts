import { z } from "zod";

export const mostTitleCharacters = 200;
const shortTitleCharacters = 80;

/** A title as an owner gives it. */
export const Name = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(mostTitleCharacters, `must be at most ${mostTitleCharacters} characters`);

/** The title of a conversation that was given none: how its first question begins, cut between words. */
export function titleOf(question: string): string {
  const line = question.replace(/\s+/gu, " ").trim();
  const letters = [...line];
  if (letters.length <= shortTitleCharacters) return line;
  const cut = letters.slice(0, shortTitleCharacters).join("");
  const space = cut.lastIndexOf(" ");
  return `${cut.slice(0, space > shortTitleCharacters / 2 ? space : undefined)}…`;
}
