import type { Ctx } from "@/lib/auth/context";
import { planPrices } from "./plan-prices";
import { type SubscriptionView, topUpLimitsUsd } from "./schemas";
import { takesPayments } from "./stripe-client";

/** What the account pays for, and what can be bought here. */
export async function showSubscription({ actor, db }: Ctx): Promise<SubscriptionView> {
  const account = await db.account.findUniqueOrThrow({ where: { id: actor.accountId } });
  const canPay = takesPayments();
  return {
    provider: canPay ? "stripe" : null,
    plan: account.plan,
    is_paid: account.stripeSubscriptionId !== null,
    started_at: account.planStartedAt.toISOString(),
    ends_at: account.planEndsAt?.toISOString() ?? null,
    has_payment_method: account.hasPaymentMethod,
    plans_for_sale: canPay ? [...planPrices().keys()] : [],
    topup: canPay ? { min_usd: topUpLimitsUsd.min, max_usd: topUpLimitsUsd.max } : null,
    message: canPay
      ? "Plans and credit are paid by card, on pages of Stripe."
      : "This installation takes no payments: its admin grants credit and plans.",
  };
}
