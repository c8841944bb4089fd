import { z } from "zod";

export const KeyView = z.object({
  id: z.string(),
  name: z.string(),
  key_prefix: z.string(),
  created_at: z.string(),
  last_used_at: z.string().nullish(),
  expires_at: z.string().nullish(),
  budget_usd: z.number().nullish(),
  spent_usd: z.number().nullish(),
});
export type KeyView = z.infer<typeof KeyView>;

/** The answer to creating one: the only time that the key itself is told. */
export const NewKey = KeyView.extend({ key: z.string() });
export type NewKey = z.infer<typeof NewKey>;
