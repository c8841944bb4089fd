import { sweepReservations } from "@/lib/billing/reservations";
import { resumeSyncs } from "@/lib/compile/resume-syncs";
import type { Db } from "@/lib/db/client";
import { log } from "@/lib/log";

const everyMs = 60_000;
const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** How long the answer to an Idempotency-Key can be had again. */
const replayMs = dayMs;

/** Removes what has run out and lets go on what has what it waited for, once a minute, in every worker. @returns stops it */
export function startHousekeeping(db: Db): () => void {
  const timer = setInterval(() => {
    tidy(db).catch((error: unknown) => log.warn("housekeeping failed", { error }));
  }, everyMs);
  return () => clearInterval(timer);
}

async function tidy(db: Db): Promise<void> {
  const now = Date.now();
  await sweepReservations(db);
  await resumeSyncs(db);
  await db.nonce.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
  await db.session.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
  await db.idempotencyRecord.deleteMany({ where: { createdAt: { lt: new Date(now - replayMs) } } });
}
