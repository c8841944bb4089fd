import type { Transaction } from "@/lib/db/client";
import { giveBack, microUsdFromCents, takeBack, topUp } from "./credit";
import { freezeDebtor } from "./freeze-debtor";
import type { CreditPayment, Reversal } from "./read-payment";
import { settleNotice, tell } from "./tell";

type Heard = CreditPayment & {
  /** it was told that it did not come */
  hasFailed: boolean;
};

/**
 * Brings an account's credit to what a payment is now: paid in once, taken back once for each refund and dispute, given
 * back once for each of those that came to nothing. Every movement is known by Stripe's id, so it does not matter how
 * often, in which order or by which of its events a payment is heard of.
 */
export async function applyPayment(tx: Transaction, accountId: string, payment: Heard): Promise<void> {
  if (payment.receivedCents === 0) {
    const data = { amount_usd: payment.askedCents / 100, next_attempt_at: null };
    if (payment.hasFailed) await tell(tx, accountId, "payment_failed", payment.id, data);
    return;
  }
  await settleNotice(tx, accountId, "payment_failed", payment.id);
  const amountMicroUsd = microUsdFromCents(payment.receivedCents);
  await topUp(tx, { accountId, amountMicroUsd, reference: payment.id, note: "credit bought" });
  for (const reversal of payment.reversals) await applyReversal(tx, accountId, reversal);
  await freezeDebtor(tx, accountId);
}

async function applyReversal(tx: Transaction, accountId: string, reversal: Reversal): Promise<void> {
  const { id: reference, what, amountCents, isUndone } = reversal;
  if (amountCents === 0) return;
  const movement = { accountId, amountMicroUsd: microUsdFromCents(amountCents), reference };
  await takeBack(tx, { ...movement, note: `${what} of a payment` });
  if (isUndone) await giveBack(tx, { ...movement, note: what === "refund" ? "refund failed" : "dispute won" });
}
