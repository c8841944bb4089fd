import type { z } from "zod";
import { InvalidInputError } from "@/lib/errors";

type Issue = z.core.$ZodIssue;

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
  const name = path === "" ? "The input" : path;
  throw new InvalidInputError(`${name} ${first === undefined ? "is not valid" : fault(first)}${more}.`, path);
}

/** What is wrong with a field, to be read behind its name. A schema's own words win over the library's. */
function fault(issue: Issue): string {
  if (!/^(?:Invalid|Too|Unrecognized)/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined && issue.message.endsWith("undefined")
        ? "is missing"
        : `must be ${withArticle(issue.expected)}`;
    case "too_big":
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`;
    case "too_small":
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys":
      return `has fields that are not known here: ${issue.keys.join(", ")}`;
    default:
      return "is not valid";
  }
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters long";
  return origin === "array" ? " items long" : "";
}
