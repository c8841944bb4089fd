import Stripe from "stripe";
import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { subjectOf } from "./event-subject";
import { type Settled, settle } from "./settle";
import { requireStripe, requireWebhookSecret } from "./stripe-client";
import { asking } from "./stripe-error";

/** How old a delivery may be, in seconds: whoever recorded one cannot play it again later. */
const toleranceSeconds = 300;
/** Stripe waits some ten seconds for an answer and comes back later: one that must wait is not worth waiting for. */
const readTimeoutMs = 4_000;
const maxErrorChars = 500;

export type WebhookDelivery = {
  /** as it came: the signature is over these bytes */
  payload: Uint8Array;
  signature: string | null;
  signal: AbortSignal;
};

/**
 * Acts on a delivery of Stripe's. Whatever fails is not done at all, and Stripe delivers it again.
 *
 * @returns `ignored` for events that change nothing here
 * @throws {AppError} `unauthorized` not signed by Stripe, or too long ago; `payments_not_configured`; `unavailable`
 */
export async function receiveWebhook(db: Db, delivery: WebhookDelivery): Promise<Settled | { outcome: "ignored" }> {
  const event = verifiedEvent(delivery);
  const subject = subjectOf(event);
  if (subject === null) return { outcome: "ignored" };
  const stripe = requireStripe(delivery.signal, { timeoutMs: readTimeoutMs, maxRetries: 1 });
  const occasion = { id: event.id, type: event.type, createdSeconds: event.created };
  try {
    return await asking(() => settle(db, stripe, occasion, subject));
  } catch (error) {
    await noteFailure(db, event, error);
    throw error;
  }
}

function verifiedEvent({ payload, signature }: WebhookDelivery): Stripe.Event {
  const secret = requireWebhookSecret();
  try {
    return Stripe.webhooks.constructEvent(Buffer.from(payload), signature ?? "", secret, toleranceSeconds);
  } catch (cause) {
    throw new AppError("unauthorized", "This delivery is not signed by Stripe, or was signed too long ago.", { cause });
  }
}

/** So that an operator sees what waits to be delivered again; what was done meanwhile stays done. */
async function noteFailure(db: Db, event: Stripe.Event, error: unknown): Promise<void> {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, maxErrorChars);
  log.warn("a webhook was not acted on and will come again", { event: event.id, type: event.type, error });
  await db.$executeRaw`
    INSERT INTO stripe_events (id, type, created, error) VALUES (${event.id}, ${event.type}, ${BigInt(event.created)}, ${message})
    ON CONFLICT (id) DO UPDATE SET error = ${message} WHERE stripe_events.handled_at IS NULL`;
}
