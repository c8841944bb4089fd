import { z } from "zod";

export const AccountView = z.object({
  id: z.string(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  plan: z.string(),
  is_admin: z.boolean().default(false),
  wallets: z.array(z.string()).default([]),
});
export type AccountView = z.infer<typeof AccountView>;
