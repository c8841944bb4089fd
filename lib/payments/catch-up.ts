import type Stripe from "stripe";
import type { Db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { subjectOf } from "./event-subject";
import { settle } from "./settle";
import { requireStripe, takesPayments } from "./stripe-client";
import { asking } from "./stripe-error";

const everyMs = 10 * 60 * 1000;
/** A day of being away, for an installation of many thousand payers; the next round goes on. */
const maxEventsPerRound = 1_000;
/** Stripe sends nothing again that is older than 30 days; credit is known by its payment's id, so that nothing depends on these rows. */
const keptDays = 60;
const dayMs = 24 * 60 * 60 * 1000;

let nextRoundAt = 0;

/**
 * Acts on what Stripe could not deliver: it gives up after three days, and whoever paid meanwhile must not lose it.
 * Meant to be called every minute; it asks Stripe once in ten, and nothing where no payments are taken.
 *
 * @returns how many events were acted on; null when it is not time yet
 * @throws {AppError} Stripe cannot be reached
 */
export async function catchUpWithStripe(db: Db, signal: AbortSignal, now = Date.now()): Promise<number | null> {
  if (!takesPayments() || now < nextRoundAt) return null;
  nextRoundAt = now + everyMs;
  await db.stripeEvent.deleteMany({ where: { receivedAt: { lt: new Date(now - keptDays * dayMs) } } });
  return asking(async () => {
    const stripe = requireStripe(signal);
    const missed = await stripe.events
      .list({ delivery_success: false, limit: 100 })
      .autoPagingToArray({ limit: maxEventsPerRound });
    let done = 0;
    for (const event of missed.reverse()) {
      if (await isActedOn(db, stripe, event)) done += 1;
    }
    return done;
  });
}

/** One that cannot be acted on must not stand before all that came after it. */
async function isActedOn(db: Db, stripe: Stripe, event: Stripe.Event): Promise<boolean> {
  const subject = subjectOf(event);
  if (subject === null) return false;
  const occasion = { id: event.id, type: event.type, createdSeconds: event.created };
  try {
    return (await settle(db, stripe, occasion, subject)).outcome === "done";
  } catch (error) {
    log.warn("a missed event of Stripe's was not acted on", { event: event.id, type: event.type, error });
    return false;
  }
}
