import type { Db, DbOrTransaction, Transaction } from "./client";

/** The longest there is, the first graph of a very large face, takes some ten seconds; what takes far longer is stuck. */
const timeoutMs = 120_000;
const connectionTimeoutMs = 30_000;
const maxAttempts = 4;

/** A transaction's client has no `$transaction` of its own. */
function isClient(db: DbOrTransaction): db is Db {
  return "$transaction" in db && typeof db.$transaction === "function";
}

/**
 * Runs `work` in a transaction, or in the one that is already open.
 *
 * Serialization failures and deadlocks are tried again, so `work` must do nothing outside the database.
 */
export async function transaction<T>(db: DbOrTransaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  if (!isClient(db)) return work(db);
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(work, { timeout: timeoutMs, maxWait: connectionTimeoutMs });
    } catch (error) {
      if (attempt >= maxAttempts || !isRetryable(error)) throw error;
    }
  }
}

/** Two writers met: nothing was written, and trying again is right. */
function isRetryable(error: unknown): boolean {
  return hasCode(error, "P2034") || hasSqlState(error, ["40001", "40P01"]);
}

/** A unique index refused the row: someone else was first. */
export function isUniqueViolation(error: unknown): boolean {
  return hasCode(error, "P2002") || hasSqlState(error, ["23505"]);
}

/** A foreign key found nothing to refer to: somebody deleted it meanwhile. */
export function isMissingReference(error: unknown): boolean {
  return hasCode(error, "P2003") || hasSqlState(error, ["23503"]);
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}

function hasSqlState(error: unknown, states: string[]): boolean {
  const text = error instanceof Error ? error.message : "";
  return states.some((state) => text.includes(state));
}
