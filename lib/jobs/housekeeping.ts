import { resumeRemovals } from "@/lib/accounts/remove-account.job";
import { sweepReservations } from "@/lib/billing/reservations";
import { settleNotes } from "@/lib/chat/meter-replay";
import { keptMs } from "@/lib/chat/responses-kept";
import { resumeSyncs } from "@/lib/compile/resume-syncs";
import type { Db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { catchUpWithStripe } from "@/lib/payments/catch-up";

const everyMs = 60_000;
const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** How long the answer to an Idempotency-Key can be had again. */
const replayMs = dayMs;
/** Traces and responses are removed a bite at a time: a first sweep over a year of them must not hold the table. */
const tracesPerSweep = 5_000;
const responsesPerSweep = 5_000;

/** Removes what has run out and lets go on what has what it waited for, once a minute, in every worker. @returns stops it */
export function startHousekeeping(db: Db): () => void {
  const stopping = new AbortController();
  const timer = setInterval(() => {
    tidy(db).catch((error: unknown) => log.warn("housekeeping failed", { error }));
    // apart from it: who takes payments may be slow, or down
    catchUpWithStripe(db, stopping.signal).catch((error: unknown) => log.warn("missed payments unread", { error }));
  }, everyMs);
  return () => {
    clearInterval(timer);
    stopping.abort();
  };
}

async function tidy(db: Db): Promise<void> {
  const now = Date.now();
  // before the money that was held for them is free again
  await settleNotes(db);
  await sweepReservations(db);
  await resumeSyncs(db);
  await resumeRemovals(db);
  await db.nonce.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
  await db.session.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
  await db.rateCounter.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
  await db.idempotencyRecord.deleteMany({ where: { createdAt: { lt: new Date(now - replayMs) } } });
  await sweepTraces(db, new Date(now - env().TRACE_RETENTION_DAYS * dayMs));
  await sweepResponses(db, new Date(now - keptMs));
}

/** Removes traces that are older than they are kept. @returns how many there were, at most a sweep's worth */
export function sweepTraces(db: Db, olderThan: Date): Promise<number> {
  return db.$executeRaw`
    DELETE FROM traces WHERE id IN (
      SELECT id FROM traces WHERE created_at < ${olderThan}::timestamptz ORDER BY created_at LIMIT ${tracesPerSweep})`;
}

/** The same of responses. */
export function sweepResponses(db: Db, olderThan: Date): Promise<number> {
  return db.$executeRaw`
    DELETE FROM stored_responses WHERE id IN (
      SELECT id FROM stored_responses WHERE created_at < ${olderThan}::timestamptz ORDER BY created_at
      LIMIT ${responsesPerSweep})`;
}
