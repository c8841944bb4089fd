import type Stripe from "stripe";
import { PaidPlan } from "./schemas";
import { planOfPrice } from "./plan-prices";
import { isMissing } from "./stripe-error";

export type PaidSubscription = {
  id: string;
  /** of its only item */
  itemId: string;
  plan: PaidPlan;
  startedAt: Date;
  /** null: it renews */
  endsAt: Date | null;
};

export type CustomerState = {
  customerId: string;
  /** the one that counts; null: none is paid for */
  subscription: PaidSubscription | null;
  /** when the last one ended */
  endedAt: Date | null;
  hasPaymentMethod: boolean;
};

/** A failed renewal keeps its plan while Stripe tries the card again; what Stripe gave up is `unpaid` or `canceled`. */
const live: ReadonlySet<string> = new Set(["active", "trialing", "past_due"]);

/** What a customer has at Stripe now. One that was deleted there has nothing. */
export async function readCustomer(stripe: Stripe, customerId: string): Promise<CustomerState> {
  try {
    const [subscriptions, methods] = await Promise.all([
      stripe.subscriptions.list({ customer: customerId, status: "all", limit: 100 }),
      stripe.paymentMethods.list({ customer: customerId, limit: 1 }),
    ]);
    const ended = subscriptions.data.flatMap(({ ended_at }) => (ended_at === null ? [] : [ended_at]));
    return {
      customerId,
      subscription: best(subscriptions.data),
      endedAt: ended.length === 0 ? null : toDate(Math.max(...ended)),
      hasPaymentMethod: methods.data.length > 0,
    };
  } catch (error) {
    if (!isMissing(error, "customer")) throw error;
    return { customerId, subscription: null, endedAt: null, hasPaymentMethod: false };
  }
}

/** Of several that are paid for, the larger plan; of equal ones the newest. */
function best(subscriptions: Stripe.Subscription[]): PaidSubscription | null {
  const paid = subscriptions.flatMap((subscription) => {
    const found = toPaid(subscription);
    return found === null ? [] : [found];
  });
  const rank = ({ plan }: PaidSubscription) => PaidPlan.options.indexOf(plan);
  paid.sort((a, b) => rank(b) - rank(a) || b.startedAt.getTime() - a.startedAt.getTime());
  return paid[0] ?? null;
}

function toPaid(subscription: Stripe.Subscription): PaidSubscription | null {
  const [item] = subscription.items.data;
  if (item === undefined || !live.has(subscription.status)) return null;
  // who subscribed at a price that is no longer offered keeps the plan that was sold
  const plan = planOfPrice(item.price.id) ?? PaidPlan.safeParse(subscription.metadata["plan"]).data;
  if (plan === undefined) return null;
  const endsAt = subscription.cancel_at ?? (subscription.cancel_at_period_end ? item.current_period_end : null);
  return {
    id: subscription.id,
    itemId: item.id,
    plan,
    startedAt: toDate(subscription.start_date),
    endsAt: endsAt === null ? null : toDate(endsAt),
  };
}

function toDate(seconds: number): Date {
  return new Date(seconds * 1000);
}
