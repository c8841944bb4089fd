import { z } from "zod";

const Onboarding = z.object({
  has_face: z.boolean(),
  has_source: z.boolean(),
  has_synced: z.boolean(),
  has_chatted: z.boolean(),
  has_key: z.boolean(),
  has_called: z.boolean().default(false),
});
export type Onboarding = z.infer<typeof Onboarding>;

/** Of `GET /v1/account` what pages show. Not the server's own schema, which brings along how wallets are checked. */
export const AccountView = z.object({
  id: z.string(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  plan: z.string(),
  is_admin: z.boolean().default(false),
  wallets: z.array(z.string()).default([]),
  onboarding: Onboarding.optional(),
});
export type AccountView = z.infer<typeof AccountView>;
