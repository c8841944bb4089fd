import type Stripe from "stripe";
import type { Ctx } from "@/lib/auth/context";
import { AppError, InvalidInputError } from "@/lib/errors";
import { returnPages, stripeKey } from "./payment-pages";
import { planPrices } from "./plan-prices";
import { type PaidSubscription, readCustomer } from "./read-customer";
import { requireBuyer, withCustomer } from "./require-buyer";
import type { PaidPlan, PaymentPage } from "./schemas";
import { requireStripe } from "./stripe-client";
import { asking } from "./stripe-error";

/** What is being bought, and by whom. */
type Purchase = { accountId: string; customerId: string; plan: PaidPlan; price: string };

/**
 * Opens Stripe's page on which a plan is bought. Whoever has a subscription changes it instead, so that nobody pays for
 * two; asking for the plan one has cancelled keeps it.
 *
 * @throws {AppError} `payments_not_configured`, `conflict` the account is on this plan already, and what Stripe answers
 * @throws {InvalidInputError} the plan is not for sale here
 */
export async function startCheckout(ctx: Ctx, plan: PaidPlan): Promise<PaymentPage> {
  const stripe = requireStripe(ctx.signal);
  const account = await requireBuyer(ctx, { mayOwe: false });
  const price = planPrices().get(plan);
  if (price === undefined) throw new InvalidInputError(`The plan ${plan} is not for sale here.`, "plan");
  return asking(() =>
    withCustomer(ctx, stripe, account, async (customerId) => {
      const purchase = { accountId: account.id, customerId, plan, price };
      const { subscription } = await readCustomer(stripe, customerId);
      if (subscription !== null) return changePlan(stripe, purchase, subscription);
      return openCheckout(stripe, purchase);
    }),
  );
}

/** The page of a new subscription. At most one is open for an account: two could both be paid. */
async function openCheckout(stripe: Stripe, { accountId, customerId, plan, price }: Purchase): Promise<PaymentPage> {
  const sessions = await stripe.checkout.sessions.list({ customer: customerId, limit: 100 });
  const open = sessions.data.filter(({ mode, status }) => mode === "subscription" && status === "open");
  const same = open.find(({ metadata }) => metadata?.["price"] === price);
  if (same?.url) return { url: same.url };
  for (const { id } of open) await stripe.checkout.sessions.expire(id);
  const metadata = { account_id: accountId, plan, price };
  const session = await stripe.checkout.sessions.create(
    {
      mode: "subscription",
      customer: customerId,
      line_items: [{ price, quantity: 1 }],
      metadata,
      subscription_data: { metadata },
      ...returnPages("plan"),
    },
    // of two that ask at once both saw the same newest session, so they get one page, or one of them is refused
    { idempotencyKey: stripeKey("checkout", customerId, sessions.data[0]?.id ?? "first") },
  );
  return pageOf(session.url);
}

/** Stripe's page on which the other plan's price is seen and confirmed; a cancelled plan is kept without one. */
async function changePlan(stripe: Stripe, { customerId, plan, price }: Purchase, now: PaidSubscription) {
  const { success_url: _, cancel_url: back } = returnPages("plan");
  if (now.plan !== plan) {
    const portal = await stripe.billingPortal.sessions.create({
      customer: customerId,
      return_url: back,
      flow_data: {
        type: "subscription_update_confirm",
        subscription_update_confirm: { subscription: now.id, items: [{ id: now.itemId, price, quantity: 1 }] },
      },
    });
    return pageOf(portal.url);
  }
  if (now.endsAt === null) throw new AppError("conflict", `This account is on the plan ${plan} already.`);
  await stripe.subscriptions.update(now.id, { cancel_at_period_end: false });
  return pageOf(back);
}

/** @throws {AppError} Stripe gave no page, which it does for pages that are embedded only */
export function pageOf(url: string | null): PaymentPage {
  if (url === null) throw new AppError("upstream_failed", "Stripe opened no page to pay on. Try again.");
  return { url };
}
