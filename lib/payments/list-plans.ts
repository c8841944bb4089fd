import type Stripe from "stripe";
import type { Ctx } from "@/lib/auth/context";
import { type PlanId, plans } from "@/lib/billing/plans";
import { planPrices } from "./plan-prices";
import { PaidPlan, type PlanPrice, type PlanView } from "./schemas";
import { requireStripe, takesPayments } from "./stripe-client";

/** A page with the plans waits for their prices, and works without them. */
const priceTimeoutMs = 4_000;
const keptMs = 10 * 60_000;

/** Prices change seldom, and every look at the page would ask for them. */
const known = new Map<string, { price: PlanPrice; at: number }>();

/** What each plan holds, and what it costs where plans are sold. */
export async function listPlans({ signal }: Pick<Ctx, "signal">): Promise<PlanView[]> {
  const prices = takesPayments() ? planPrices() : new Map<PaidPlan, string>();
  return Promise.all(
    (Object.keys(plans) as PlanId[]).map(async (id) => {
      const plan = plans[id];
      const paid = PaidPlan.safeParse(id);
      const priceId = paid.success ? prices.get(paid.data) : undefined;
      return {
        ...{ id, name: plan.name, compile_tokens: plan.compileTokens, period_days: plan.periodDays },
        max_faces: plan.maxFaces,
        is_for_sale: priceId !== undefined,
        price: priceId === undefined ? null : await findPrice(priceId, signal),
      };
    }),
  );
}

/** @returns null when Stripe does not tell: its own page does then, before anything is paid */
async function findPrice(id: string, signal: AbortSignal): Promise<PlanPrice | null> {
  const kept = known.get(id);
  if (kept !== undefined && Date.now() - kept.at < keptMs) return kept.price;
  const price = await requireStripe(signal, { timeoutMs: priceTimeoutMs, maxRetries: 0 })
    .prices.retrieve(id)
    .then(toPrice, () => null);
  if (price !== null) known.set(id, { price, at: Date.now() });
  return price;
}

function toPrice({ unit_amount: amount, currency, recurring }: Stripe.Price): PlanPrice | null {
  if (amount === null || recurring === null) return null;
  return { amount: amount / 100, currency, interval: recurring.interval, interval_count: recurring.interval_count };
}
