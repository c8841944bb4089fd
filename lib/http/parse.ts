import type { z } from "zod";
import { InvalidInputError } from "@/lib/errors";

/**
 * Parses input at the border.
 *
 * @throws {InvalidInputError} naming the first field that is wrong, and how many others are
 */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first, ...others] = result.error.issues;
  const path = first?.path.join(".") ?? "";
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  const sentence = first?.message ?? "is not valid";
  throw new InvalidInputError(path === "" ? `${sentence}${more}.` : `${path}: ${sentence}${more}.`, path);
}
