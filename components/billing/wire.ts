import { z } from "zod";

export const CompileQuota = z.object({
  plan: z.string(),
  tokens_used: z.number(),
  tokens_limit: z.number(),
  tokens_remaining: z.number().optional(),
  overflow_enabled: z.boolean().optional(),
  resets_at: z.string().nullable(),
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
export type CompileQuota = z.infer<typeof CompileQuota>;

export const Balance = z.object({
  balance_usd: z.number(),
  available_usd: z.number(),
  reserved_usd: z.number(),
  is_frozen: z.boolean().default(false),
});
export type Balance = z.infer<typeof Balance>;
