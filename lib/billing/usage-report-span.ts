import { InvalidInputError } from "@/lib/errors";
import type { UsageQuery } from "./schemas";

const dayMs = 24 * 60 * 60 * 1000;
const defaultDays = 30;
/** A leap year, by days. */
const mostDays = 366;

/** From its first instant up to, and not with, its last. */
export type Span = { from: Date; to: Date };

/**
 * The span that a report is asked for: unless said otherwise the last thirty days in UTC, today among them.
 *
 * @throws {InvalidInputError} it ends before it begins, or is longer than a year
 */
export function usageSpan({ from, to }: Pick<UsageQuery, "from" | "to">, now = new Date()): Span {
  const tomorrow = (Math.floor(now.getTime() / dayMs) + 1) * dayMs;
  const end = to === undefined ? tomorrow : Date.parse(to);
  const start = from === undefined ? end - defaultDays * dayMs : Date.parse(from);
  if (start >= end) {
    const name = from === undefined ? "to" : "from";
    throw new InvalidInputError("`from` must lie before `to`, which itself is not in the span.", name);
  }
  if (end - start > mostDays * dayMs) {
    throw new InvalidInputError(`The span is longer than ${mostDays} days: ask for it a year at a time.`, "from");
  }
  return { from: new Date(start), to: new Date(end) };
}

/** The days of a span in UTC, as YYYY-MM-DD. */
export function daysOf({ from, to }: Span): string[] {
  const days: string[] = [];
  for (let day = Math.floor(from.getTime() / dayMs) * dayMs; day < to.getTime(); day += dayMs) {
    days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}
