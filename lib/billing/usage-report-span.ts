import type { DbOrTransaction } from "@/lib/db/client";
import { InvalidInputError } from "@/lib/errors";
import { quotaPeriod } from "./quota-period";
import type { SpanQuery } from "./schemas";

const dayMs = 24 * 60 * 60 * 1000;
const defaultDays = 30;
/** A leap year, by days. */
const mostDays = 366;

/** When the day after begins in UTC, in epoch milliseconds. */
const dayAfter = (now: Date): number => (Math.floor(now.getTime() / dayMs) + 1) * dayMs;

/** From its first instant up to, and not with, its last. */
export type Span = { from: Date; to: Date };

/**
 * The span that a report is asked for: unless said otherwise the last thirty days in UTC, today among them.
 *
 * @throws {InvalidInputError} it ends before it begins, or is longer than a year
 */
export function usageSpan({ from, to }: Pick<SpanQuery, "from" | "to">, now = new Date()): Span {
  const end = to === undefined ? dayAfter(now) : Date.parse(to);
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

/**
 * The span that is asked for: by its ends, or as a period of the account's quota, of which the current one ends with
 * today. Where the quota is not renewed the current period is the last thirty days, and the previous one those before.
 *
 * @throws {InvalidInputError} no span, or a period and its ends at once
 */
export async function readSpan(
  db: DbOrTransaction,
  accountId: string,
  { from, to, period }: SpanQuery,
  now = new Date(),
): Promise<Span> {
  if (period === undefined) return usageSpan({ from, to }, now);
  if (from !== undefined || to !== undefined) {
    throw new InvalidInputError("Send `period`, or `from` and `to`, but not both.", "period");
  }
  const select = { plan: true, planStartedAt: true };
  const { startsAt, resetsAt } = quotaPeriod(
    await db.account.findUniqueOrThrow({ where: { id: accountId }, select }),
    now,
  );
  if (resetsAt === null) {
    const current = usageSpan({}, now);
    const length = current.to.getTime() - current.from.getTime();
    return period === "current" ? current : { from: new Date(current.from.getTime() - length), to: current.from };
  }
  if (period === "previous") {
    return { from: new Date(startsAt.getTime() * 2 - resetsAt.getTime()), to: startsAt };
  }
  // nothing is used in days that have not begun
  return { from: startsAt, to: new Date(Math.min(resetsAt.getTime(), dayAfter(now))) };
}

/** The days of a span in UTC, as YYYY-MM-DD. */
export function daysOf({ from, to }: Span): string[] {
  const days: string[] = [];
  for (let day = Math.floor(from.getTime() / dayMs) * dayMs; day < to.getTime(); day += dayMs) {
    days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}
