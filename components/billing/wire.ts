import { z } from "zod";

/** `GET /v1/billing/subscription`, as far as this page needs it. */
export const SubscriptionView = z.object({
  /** null: nothing can be paid here */
  provider: z.string().nullable(),
  plan: z.string(),
  is_paid: z.boolean().default(false),
  /** cancelled: the paid plan lasts until then */
  ends_at: z.string().nullish(),
  has_payment_method: z.boolean().default(false),
  plans_for_sale: z.array(z.string()).default([]),
  topup: z.object({ min_usd: z.number(), max_usd: z.number() }).nullish(),
  message: z.string().optional(),
});
export type SubscriptionView = z.infer<typeof SubscriptionView>;

/** A page of the payment provider's to go to; null when it is done already. */
export const PaymentStep = z.object({ url: z.string().nullable().optional() });
