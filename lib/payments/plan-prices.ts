import { env } from "@/lib/env";
import { PaidPlan } from "./schemas";

/** Stripe's recurring price of each plan that is for sale. */
export function planPrices(): ReadonlyMap<PaidPlan, string> {
  const { STRIPE_PRICE_STANDARD, STRIPE_PRICE_PRO } = env();
  const prices = { standard: STRIPE_PRICE_STANDARD, pro: STRIPE_PRICE_PRO };
  return new Map(
    PaidPlan.options.flatMap((plan) => {
      const price = prices[plan];
      return price === undefined ? [] : [[plan, price] as const];
    }),
  );
}

/** The plan that a price of Stripe's pays for; null for the prices of other products. */
export function planOfPrice(priceId: string): PaidPlan | null {
  for (const [plan, price] of planPrices()) if (price === priceId) return plan;
  return null;
}
