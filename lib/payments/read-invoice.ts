import type Stripe from "stripe";
import type { Transaction } from "@/lib/db/client";
import { settleNotice, tell } from "./tell";

export type InvoiceState = {
  id: string;
  status: string | null;
  dueCents: number;
  /** Stripe's page where it can be paid with another card */
  payUrl: string | null;
  /** seconds since 1970; null: Stripe will not try the card again by itself */
  nextAttempt: number | null;
};

/** An invoice of a plan as Stripe has it now. */
export async function readInvoice(stripe: Stripe, invoiceId: string): Promise<InvoiceState> {
  const invoice = await stripe.invoices.retrieve(invoiceId);
  return {
    id: invoiceId,
    status: invoice.status,
    dueCents: invoice.amount_due,
    payUrl: invoice.hosted_invoice_url ?? null,
    nextAttempt: invoice.next_payment_attempt,
  };
}

/**
 * Tells the account of an invoice whose payment failed, and takes it back as news once it is paid.
 *
 * @param hasFailed its payment was tried
 */
export async function applyInvoice(tx: Transaction, accountId: string, invoice: InvoiceState, hasFailed: boolean) {
  const { id, status, dueCents, payUrl, nextAttempt } = invoice;
  if (status === "paid" || status === "void") return settleNotice(tx, accountId, "payment_failed", id);
  if (!hasFailed) return;
  await tell(tx, accountId, "payment_failed", id, {
    amount_usd: dueCents / 100,
    pay_url: payUrl,
    next_attempt_at: nextAttempt === null ? null : new Date(nextAttempt * 1000).toISOString(),
  });
}
