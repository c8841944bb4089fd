import { z } from "zod";

/**
 * A setting that is JSON in the environment; pipe it into the schema of what it holds.
 *
 * @param unset what it is when nothing is set
 * @param complaint of what is no JSON: what it is or must be
 */
export function jsonSetting(unset: string, complaint: string) {
  return z
    .string()
    .default(unset)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: complaint });
        return z.NEVER;
      }
    });
}
