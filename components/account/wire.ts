import { z } from "zod";

export const AccountView = z.object({
  id: z.string(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  plan: z.string(),
  is_admin: z.boolean().default(false),
  wallets: z.array(z.string()).default([]),
  /** whether e-mail address and password sign in */
  has_password: z.boolean().default(false),
  is_frozen: z.boolean().default(false),
  frozen_reason: z.string().nullish(),
});
export type AccountView = z.infer<typeof AccountView>;
