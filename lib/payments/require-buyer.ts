import type Stripe from "stripe";
import type { Ctx } from "@/lib/auth/context";
import { accountFrozen } from "@/lib/billing/ledger";
import type { Prisma } from "@/lib/db/client";
import { ForbiddenError } from "@/lib/errors";
import { isFrozenForDebt } from "./freeze-debtor";
import { isMissing } from "./stripe-error";

export type Buyer = Prisma.AccountGetPayload<object>;

/**
 * The account that is about to pay.
 *
 * Only a person who signed in may buy, store a card or cancel: a key lies in programs and configuration, and one that
 * leaks must not be able to spend what is not credit yet. Keys with `billing:read` may look.
 *
 * @param options.mayOwe an account that is frozen because it owes may still pay
 * @throws {ForbiddenError} the caller is an API key
 * @throws {AppError} `account_frozen`
 */
export async function requireBuyer(
  { actor, db }: Ctx,
  { mayOwe, mayBeFrozen = false }: { mayOwe: boolean; mayBeFrozen?: boolean },
): Promise<Buyer> {
  if (actor.credential.kind !== "session") {
    throw new ForbiddenError("An API key may not buy, cancel or store a card. Sign in to do this.");
  }
  const account = await db.account.findUniqueOrThrow({ where: { id: actor.accountId } });
  if (account.isFrozen && !mayBeFrozen && !(mayOwe && isFrozenForDebt(account))) throw accountFrozen();
  return account;
}

/**
 * Does something with the account's customer at Stripe, which is made on first use. Of several requests that make one
 * at once all get the same: Stripe answers the same idempotency key with the same customer.
 *
 * A customer that was deleted at Stripe is replaced once.
 */
export async function withCustomer<T>(
  { db }: Ctx,
  stripe: Stripe,
  account: Buyer,
  work: (customerId: string) => Promise<T>,
): Promise<T> {
  const known = account.stripeCustomerId;
  if (known === null) return work(await makeCustomer(db, stripe, account));
  try {
    return await work(known);
  } catch (error) {
    if (!isMissing(error, "customer")) throw error;
    return work(await makeCustomer(db, stripe, account));
  }
}

async function makeCustomer(db: Ctx["db"], stripe: Stripe, account: Buyer): Promise<string> {
  const replaced = account.stripeCustomerId;
  const customer = await stripe.customers.create(
    // nothing that its owner can change: the same key with other parameters would be refused
    { metadata: { account_id: account.id } },
    { idempotencyKey: `customer:${account.id}:${replaced ?? "first"}` },
  );
  await db.account.updateMany({
    where: { id: account.id, stripeCustomerId: replaced },
    data: { stripeCustomerId: customer.id, hasPaymentMethod: false },
  });
  const { stripeCustomerId } = await db.account.findUniqueOrThrow({ where: { id: account.id } });
  return stripeCustomerId ?? customer.id;
}
