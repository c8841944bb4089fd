import { billingText as text } from "@/components/strings/billing";
import type { PlanView } from "@/lib/payments/schemas";
import { formatDay, formatMoney } from "@/lib/format";
import type { SubscriptionView } from "./wire";

/** A plan's id as people call it. */
export const planName = (plan: string): string => plan.charAt(0).toUpperCase() + plan.slice(1);

export function planWords({ plan, is_paid, ends_at }: SubscriptionView): string {
  if (ends_at) return text.planEnding(planName(plan), formatDay(ends_at));
  return is_paid ? text.planPaid(planName(plan)) : text.planOn(planName(plan));
}

/** What a plan costs, or who gives it. */
export function priceWords(plan: PlanView, canPay: boolean): string {
  if (plan.id === "free") return text.planFree;
  if (!canPay || !plan.is_for_sale) return text.planByAdmin;
  if (plan.price === null) return text.planNoPrice;
  const { amount, currency, interval, interval_count: count } = plan.price;
  const money = formatMoney(amount, Number.isInteger(amount) ? 0 : 2, currency);
  return count === 1 ? text.planPrice(money, interval) : text.planPrices(money, count, interval);
}
