import type { Ctx } from "@/lib/auth/context";
import { NotFoundError } from "@/lib/errors";
import { readCustomer } from "./read-customer";
import { requireBuyer } from "./require-buyer";
import type { SubscriptionView } from "./schemas";
import { settle } from "./settle";
import { showSubscription } from "./show-subscription";
import { requireStripe } from "./stripe-client";
import { asking } from "./stripe-error";

/**
 * Ends the paid plan with the period that is paid for. Twice is once; choosing the plan again before then keeps it.
 *
 * A frozen account may cancel: it must not go on paying for what it cannot use.
 *
 * @throws {NotFoundError} the account pays for no plan
 */
export async function cancelSubscription(ctx: Ctx): Promise<SubscriptionView> {
  const stripe = requireStripe(ctx.signal);
  const { stripeCustomerId: customerId } = await requireBuyer(ctx, { mayOwe: true, mayBeFrozen: true });
  if (customerId === null) throw new NotFoundError("A paid plan");
  await asking(async () => {
    // not from the account: a plan may be paid for of which no webhook has told yet
    const { subscription } = await readCustomer(stripe, customerId);
    if (subscription === null) throw new NotFoundError("A paid plan");
    if (subscription.endsAt === null)
      await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    const occasion = { id: `cancel:${ctx.requestId}`, type: "cancel", createdSeconds: Math.floor(Date.now() / 1000) };
    await settle(ctx.db, stripe, occasion, { kind: "customer", customerId, invoice: null });
  });
  return showSubscription(ctx);
}
