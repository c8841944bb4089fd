import { z } from "zod";

/** The binding price of a sync. With nothing pending the server answers with the status alone. */
export const SyncQuote = z.object({
  documents: z.number().default(0),
  tokens_estimated: z.number().default(0),
  tokens_from_quota: z.number().optional(),
  tokens_on_credit: z.number().optional(),
  cost_usd_max: z.number().default(0),
});
export type SyncQuote = z.infer<typeof SyncQuote>;
