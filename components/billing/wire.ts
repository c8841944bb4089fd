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
});
export type SubscriptionView = z.infer<typeof SubscriptionView>;

/** A page of the payment provider's to go to; null when it is done already. */
export const PaymentStep = z.object({ url: z.string().nullable().optional() });

/** `GET /v1/billing/statement`, as far as this page needs it. */
export const LedgerEntryView = z.object({
  seq: z.number(),
  kind: z.string(),
  debit_book: z.string(),
  credit_book: z.string(),
  reference: z.string(),
  api_key: z.string().nullable(),
  note: z.string().nullable(),
  created_at: z.string(),
  prev_hash: z.string(),
  hash: z.string(),
  held_change_micro_usd: z.number(),
  amount_usd: z.number(),
  balance_after_usd: z.number(),
  held_after_usd: z.number(),
  work: z
    .object({
      kind: z.string(),
      model: z.string(),
      face_id: z.string().nullable(),
      face: z.string().nullable(),
      input_tokens: z.number(),
      output_tokens: z.number(),
    })
    .nullable(),
});
export type LedgerEntryView = z.infer<typeof LedgerEntryView>;
