import type Stripe from "stripe";
import type { Db, DbOrTransaction, Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { applyCustomer } from "./apply-customer";
import { applyPayment } from "./apply-payment";
import type { Subject } from "./event-subject";
import { type CustomerState, readCustomer } from "./read-customer";
import { applyInvoice, type InvoiceState, readInvoice } from "./read-invoice";
import { type CreditPayment, readPayment } from "./read-payment";
import type { Buyer } from "./require-buyer";

/** What made us look: an event of Stripe's, or something that was done here. */
export type Occasion = { id: string; type: string; createdSeconds: number };

/** `accountId` is null when it concerns nobody here. */
export type Settled = { outcome: "done"; accountId: string | null } | { outcome: "duplicate" };

type State =
  | { kind: "payment"; payment: (CreditPayment & { hasFailed: boolean }) | null }
  | { kind: "customer"; customer: CustomerState; invoice: (InvoiceState & { hasFailed: boolean }) | null };

const maxAttempts = 8;

/** Someone else wrote what they had read later, or may have: ours is thrown away and read anew. */
class OutdatedError extends Error {}

/**
 * Brings an account to what Stripe says now, once per occasion.
 *
 * An event says that something changed, not what it is now: deliveries come late, twice and in any order, so the
 * subject is read anew and applied whole. The occasion's row and its effects are one transaction: both are there, or
 * neither. What was read counts only if nobody wrote about the same subject since before the reading: so of two that
 * overlap, the one that read earlier never has the last word.
 *
 * @throws {AppError} `unavailable` others kept writing; and what Stripe answers
 */
export async function settle(db: Db, stripe: Stripe, occasion: Occasion, subject: Subject): Promise<Settled> {
  const subjectId = subject.kind === "payment" ? subject.paymentIntentId : subject.customerId;
  const known = await db.stripeEvent.findUnique({ where: { id: occasion.id }, select: { handledAt: true } });
  if (known !== null && known.handledAt !== null) return { outcome: "duplicate" };
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const writtenBefore = await countWritten(db, subjectId);
    const state = await readState(stripe, subject);
    try {
      return await transaction(db, async (tx): Promise<Settled> => {
        if (!(await take(tx, occasion, subjectId))) return { outcome: "duplicate" };
        const account = await lockAccount(tx, customerOf(state));
        // under the account's lock, and in a statement after it: whoever wrote before us is seen
        if ((await countWritten(tx, subjectId)) !== writtenBefore + 1) throw new OutdatedError();
        if (account !== null) await apply(tx, account, state);
        return { outcome: "done", accountId: account?.id ?? null };
      });
    } catch (error) {
      if (!(error instanceof OutdatedError)) throw error;
    }
  }
  throw new AppError("unavailable", "Too much changed at once to say what holds. Try again in a moment.", {
    retryAfterSeconds: 2,
  });
}

async function readState(stripe: Stripe, subject: Subject): Promise<State> {
  if (subject.kind === "payment") {
    const payment = await readPayment(stripe, subject.paymentIntentId);
    return { kind: "payment", payment: payment === null ? null : { ...payment, hasFailed: subject.hasFailed } };
  }
  const [customer, invoice] = await Promise.all([
    readCustomer(stripe, subject.customerId),
    subject.invoice === null ? null : readInvoice(stripe, subject.invoice.id),
  ]);
  const hasFailed = subject.invoice?.hasFailed ?? false;
  return { kind: "customer", customer, invoice: invoice === null ? null : { ...invoice, hasFailed } };
}

function customerOf(state: State): string | null {
  return state.kind === "payment" ? (state.payment?.customerId ?? null) : state.customer.customerId;
}

async function apply(tx: Transaction, account: Buyer, state: State): Promise<void> {
  if (state.kind === "payment") {
    if (state.payment !== null) await applyPayment(tx, account.id, state.payment);
    return;
  }
  await applyCustomer(tx, account, state.customer);
  if (state.invoice !== null) await applyInvoice(tx, account.id, state.invoice, state.invoice.hasFailed);
}

/** Claims the occasion; one that failed before may be claimed again. @returns false when it is done already */
async function take(tx: Transaction, { id, type, createdSeconds }: Occasion, subjectId: string): Promise<boolean> {
  const taken = await tx.$executeRaw`
    INSERT INTO stripe_events (id, type, created, object_id, handled_at)
    VALUES (${id}, ${type}, ${BigInt(createdSeconds)}, ${subjectId}, now())
    ON CONFLICT (id) DO UPDATE SET handled_at = now(), object_id = EXCLUDED.object_id, error = NULL
      WHERE stripe_events.handled_at IS NULL`;
  return taken === 1;
}

function countWritten(db: DbOrTransaction, subjectId: string): Promise<number> {
  return db.stripeEvent.count({ where: { objectId: subjectId, handledAt: { not: null } } });
}

/** The account of a customer, whose writers take turns; null for customers of somebody else. */
async function lockAccount(tx: Transaction, customerId: string | null): Promise<Buyer | null> {
  if (customerId === null) return null;
  await tx.$queryRaw`SELECT id FROM accounts WHERE stripe_customer_id = ${customerId} FOR NO KEY UPDATE`;
  return tx.account.findUnique({ where: { stripeCustomerId: customerId } });
}
