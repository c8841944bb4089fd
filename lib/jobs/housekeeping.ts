import { resumeRemovals } from "@/lib/accounts/remove-account.job";
import { sweepReservations } from "@/lib/billing/reservations";
import { settleNotes } from "@/lib/chat/meter-replay";
import { keptMs } from "@/lib/chat/responses-kept";
import { resumeSyncs } from "@/lib/compile/resume-syncs";
import type { Db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { catchUpWithStripe } from "@/lib/payments/catch-up";
import { expireTunes, sweepDeliveries } from "@/lib/portraits/expire-tunes";
import { forgetInspections } from "@/lib/portraits/intake";
import { forgetRemoteTunes, sweepObjects } from "@/lib/portraits/tune-orphans";

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
    void tidy(db);
    // apart from it: who takes payments may be slow, or down
    catchUpWithStripe(db, stopping.signal).catch((error: unknown) => log.warn("missed payments unread", { error }));
    forgetRemoteTunes(db).catch((error: unknown) => log.warn("copies at engines were not looked for", { error }));
  }, everyMs);
  return () => {
    clearInterval(timer);
    stopping.abort();
  };
}

/** One step after the other; one that fails is told and keeps none of the others from its turn. */
async function tidy(db: Db): Promise<void> {
  const now = Date.now();
  const steps: Record<string, () => Promise<unknown>> = {
    // notes first, and no sweep where they fail: what was held for them would be free again
    money: () => settleNotes(db).then(() => sweepReservations(db)),
    syncs: () => resumeSyncs(db),
    removals: () => resumeRemovals(db),
    nonces: () => db.nonce.deleteMany({ where: { expiresAt: { lt: new Date(now) } } }),
    sessions: () => db.session.deleteMany({ where: { expiresAt: { lt: new Date(now) } } }),
    rateCounters: () => db.rateCounter.deleteMany({ where: { expiresAt: { lt: new Date(now) } } }),
    replays: () => db.idempotencyRecord.deleteMany({ where: { createdAt: { lt: new Date(now - replayMs) } } }),
    traces: () => sweepTraces(db, new Date(now - env().TRACE_RETENTION_DAYS * dayMs)),
    responses: () => sweepResponses(db, new Date(now - keptMs)),
    tunes: () => expireTunes(db),
    inspections: () => forgetInspections(db),
    deliveries: () => sweepDeliveries(db),
    // behind all that deletes what names files
    files: () => sweepObjects(db),
  };
  for (const [step, run] of Object.entries(steps)) {
    await run().catch((error: unknown) => log.warn("housekeeping failed", { step, error }));
  }
}

/**
 * Removes traces that are older than they are kept. Answers of conversations live longer: they keep what they cost, and
 * of which documents they may speak, so that deleting one still takes its words back.
 *
 * @returns how many there were, at most a sweep's worth
 */
export function sweepTraces(db: Db, olderThan: Date): Promise<number> {
  return db.$executeRaw`
    WITH old AS (
      SELECT id, account_id, items, cost_micro_usd FROM traces
      WHERE created_at < ${olderThan}::timestamptz ORDER BY created_at LIMIT ${tracesPerSweep}),
    kept AS (
      UPDATE conversation_messages m SET cost_micro_usd = old.cost_micro_usd, document_ids = ARRAY(
        SELECT DISTINCT place->>'document_id' FROM jsonb_path_query(old.items, '$[*].provenance[*]') AS place)
      FROM old, conversations c
      WHERE m.trace_id = old.id AND c.id = m.conversation_id AND c.account_id = old.account_id)
    DELETE FROM traces USING old WHERE traces.id = old.id`;
}

/** The same of responses. */
export function sweepResponses(db: Db, olderThan: Date): Promise<number> {
  return db.$executeRaw`
    DELETE FROM stored_responses WHERE id IN (
      SELECT id FROM stored_responses WHERE created_at < ${olderThan}::timestamptz ORDER BY created_at
      LIMIT ${responsesPerSweep})`;
}
