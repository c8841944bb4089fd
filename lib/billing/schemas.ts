import { z } from "zod";
import { microUsdFromUsd } from "./money";

/** `GET /v1/billing/compile-quota`. */
export const CompileQuotaView = z.object({
  plan: z.string(),
  tokens_used: z.number(),
  tokens_limit: z.number(),
  tokens_remaining: z.number(),
  resets_at: z.string().nullable(),
  overflow_enabled: z.boolean(),
  faces: z.array(
    z.object({
      face_id: z.string(),
      username: z.string(),
      tokens_in_graph: z.number(),
      tokens_charged_period: z.number(),
      tokens_charged_alltime: z.number(),
    }),
  ),
});
export type CompileQuotaView = z.infer<typeof CompileQuotaView>;

/** `PATCH /v1/billing/compile-quota`. */
export const CompileQuotaInput = z.strictObject({ overflow_enabled: z.boolean() });
export type CompileQuotaInput = z.infer<typeof CompileQuotaInput>;

/** `GET /v1/billing/balance`. */
export const BalanceView = z.object({
  balance_usd: z.number(),
  available_usd: z.number(),
  reserved_usd: z.number(),
  has_payment_method: z.boolean(),
  is_frozen: z.boolean(),
});
export type BalanceView = z.infer<typeof BalanceView>;

/** `POST /v1/admin/credits`: without an account it is the admin's own. */
export const GrantCreditInput = z.object({
  account_id: z.string().max(64).optional(),
  amount_usd: z.number().gt(0, "must be above zero").max(100_000).transform(microUsdFromUsd),
  note: z.string().trim().max(200).optional(),
});
export type GrantCreditInput = z.infer<typeof GrantCreditInput>;
