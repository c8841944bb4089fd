import type { Transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { CustomerState } from "./read-customer";
import type { Buyer } from "./require-buyer";
import { tell } from "./tell";

/**
 * Brings an account's plan and card to what its customer has at Stripe.
 *
 * The plan counts from the day the subscription began and not from a change between plans, else going up and down
 * would give a fresh quota each time. A plan that was given by an admin is nobody's subscription and stays.
 */
export async function applyCustomer(tx: Transaction, account: Buyer, state: CustomerState): Promise<void> {
  const { subscription, hasPaymentMethod } = state;
  if (subscription !== null) {
    const { id, plan, startedAt, endsAt } = subscription;
    await tx.account.update({
      where: { id: account.id },
      data: { stripeSubscriptionId: id, plan, planStartedAt: startedAt, planEndsAt: endsAt, hasPaymentMethod },
    });
    return;
  }
  if (account.stripeSubscriptionId === null) {
    await tx.account.update({ where: { id: account.id }, data: { hasPaymentMethod } });
    return;
  }
  await tx.account.update({
    where: { id: account.id },
    data: {
      stripeSubscriptionId: null,
      plan: env().DEFAULT_PLAN,
      planStartedAt: state.endedAt ?? new Date(),
      planEndsAt: null,
      hasPaymentMethod,
    },
  });
  await tell(tx, account.id, "plan_ended", account.stripeSubscriptionId, { plan: account.plan });
}
