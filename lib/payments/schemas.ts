import { z } from "zod";

/** Least and most that may be paid in at once, in USD: below it the fee of a card eats the credit. */
export const topUpLimitsUsd = { min: 5, max: 5_000 } as const;

const centsPerUsd = 100;

/** The plans that can be bought. */
export const PaidPlan = z.enum(["standard", "pro"]);
export type PaidPlan = z.infer<typeof PaidPlan>;

/** `POST /v1/billing/checkout?plan=`. */
export const CheckoutQuery = z.object({ plan: PaidPlan });

/** `POST /v1/billing/topup`: USD with at most two decimals, as integer cents inside. */
export const TopUpInput = z.strictObject({
  amount_usd: z
    .number()
    .min(topUpLimitsUsd.min, `must be at least ${topUpLimitsUsd.min} USD`)
    .max(topUpLimitsUsd.max, `must be at most ${topUpLimitsUsd.max} USD`)
    .refine((usd) => Math.abs(usd * centsPerUsd - Math.round(usd * centsPerUsd)) < 1e-6, "must be whole cents")
    .transform((usd) => Math.round(usd * centsPerUsd)),
  use_saved_card: z.boolean().default(false).describe("Charge the card on file now instead of opening Stripe's page."),
});
export type TopUpInput = z.infer<typeof TopUpInput>;

/** A page of Stripe's to go to. */
export const PaymentPage = z.object({ url: z.string() });
export type PaymentPage = z.infer<typeof PaymentPage>;

/** `POST /v1/billing/topup`: without a URL it is paid already. */
export const TopUpView = z.object({ url: z.string().nullable(), is_paid: z.boolean() });
export type TopUpView = z.infer<typeof TopUpView>;

/** `GET /v1/billing/subscription`; `session_id` is what Stripe's page came back with. */
export const SubscriptionQuery = z.object({ session_id: z.string().max(255).optional() });

export const SubscriptionView = z.object({
  provider: z.literal("stripe").nullable().describe("Null: nothing can be paid here."),
  plan: z.string(),
  is_paid: z.boolean().describe("The plan is paid for, rather than given."),
  started_at: z.string(),
  ends_at: z.string().nullable().describe("Cancelled: the paid plan lasts until then."),
  has_payment_method: z.boolean(),
  plans_for_sale: z.array(PaidPlan),
  topup: z.object({ min_usd: z.number(), max_usd: z.number() }).nullable(),
  message: z.string().describe("How credit and plans come to an account here, in a sentence."),
});
export type SubscriptionView = z.infer<typeof SubscriptionView>;

/** What a plan costs, as Stripe says it. */
export const PlanPrice = z.object({
  amount: z.number().describe("In the currency's main unit."),
  currency: z.string().describe("ISO 4217, in lower case."),
  interval: z.string().describe("Day, week, month or year."),
  interval_count: z.number(),
});
export type PlanPrice = z.infer<typeof PlanPrice>;

/** `GET /v1/billing/plans`. */
export const PlanView = z.object({
  id: z.string(),
  name: z.string(),
  compile_tokens: z.number(),
  period_days: z.number().nullable().describe("Null: the quota is given once."),
  max_faces: z.number(),
  is_for_sale: z.boolean(),
  price: PlanPrice.nullable().describe("Null: not for sale here, or not told at the moment."),
});
export type PlanView = z.infer<typeof PlanView>;
