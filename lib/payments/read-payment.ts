import type Stripe from "stripe";
import { log } from "@/lib/log";

/** Money that came or went, in cents. */
export type CreditPayment = {
  id: string;
  customerId: string | null;
  askedCents: number;
  /** 0: not paid, or not yet */
  receivedCents: number;
  /** what went back, by refund or dispute, whether or not it stayed there */
  reversals: Reversal[];
};

export type Reversal = {
  id: string;
  what: "refund" | "dispute";
  amountCents: number;
  /** the refund failed, or the dispute was won: the money is here again */
  isUndone: boolean;
};

/** What a payment's metadata says it is for. Invoices of plans say nothing and buy no credit. */
export const topUpPurpose = "topup";

/**
 * A payment for credit as Stripe has it now, with all that went back of it.
 *
 * What a webhook says is never believed beyond the id: it tells an earlier state, in the shape of an earlier version.
 *
 * @returns null for payments of anything else
 */
export async function readPayment(stripe: Stripe, paymentIntentId: string): Promise<CreditPayment | null> {
  const intent = await stripe.paymentIntents.retrieve(paymentIntentId);
  if (intent.metadata["purpose"] !== topUpPurpose) return null;
  if (intent.currency !== "usd") {
    log.error("a payment for credit is not in USD and was not credited", { paymentIntentId });
    return null;
  }
  const ofPayment = { payment_intent: paymentIntentId, limit: 100 };
  const [refunds, disputes] = await Promise.all([stripe.refunds.list(ofPayment), stripe.disputes.list(ofPayment)]);
  return {
    id: intent.id,
    customerId: idOf(intent.customer),
    askedCents: intent.amount,
    receivedCents: intent.status === "succeeded" ? intent.amount_received : 0,
    reversals: [...refunds.data.map(toRefund), ...disputes.data.flatMap(toDispute)],
  };
}

function toRefund({ id, amount, status }: Stripe.Refund): Reversal {
  return { id, what: "refund", amountCents: amount, isUndone: status === "failed" || status === "canceled" };
}

/** An inquiry (`warning_…`) and what was settled before it became a dispute take no money. */
function toDispute({ id, amount, status }: Stripe.Dispute): Reversal[] {
  if (status.startsWith("warning_") || status === "prevented") return [];
  return [{ id, what: "dispute", amountCents: amount, isUndone: status === "won" }];
}

/** Stripe names things by their id, or, asked to expand, by themselves. */
export function idOf(thing: string | { id: string } | null | undefined): string | null {
  return typeof thing === "string" ? thing : (thing?.id ?? null);
}
