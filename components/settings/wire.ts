import { z } from "zod";

/** `GET /v1/account`, as far as these pages need it. */
export const SettingsView = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  has_password: z.boolean(),
  wallets: z.array(z.string()),
  plan: z.string(),
  is_admin: z.boolean(),
  is_frozen: z.boolean(),
  frozen_reason: z.string().nullable(),
  created_at: z.string(),
});
export type SettingsView = z.infer<typeof SettingsView>;

/** `GET /v1/account/wallets`. */
export const WalletView = z.object({ address: z.string(), created_at: z.string() });
export type WalletView = z.infer<typeof WalletView>;

/** `GET /v1/account/sessions`. */
export const SessionView = z.object({
  id: z.string(),
  method: z.enum(["wallet", "password"]),
  user_agent: z.string().nullable(),
  is_current: z.boolean(),
  created_at: z.string(),
  last_seen_at: z.string(),
  expires_at: z.string(),
});
export type SessionView = z.infer<typeof SessionView>;
