import { z } from "zod";

/** `GET /v1/admin/accounts`, as far as this page needs it. */
export const AdminAccountView = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  has_password: z.boolean(),
  wallets: z.array(z.string()),
  plan: z.string(),
  is_admin: z.boolean(),
  is_frozen: z.boolean(),
  frozen_reason: z.string().nullable(),
  is_paying: z.boolean(),
  balance_usd: z.number(),
  faces: z.number(),
  api_keys: z.number(),
  created_at: z.string(),
  last_seen_at: z.string().nullable(),
});
export type AdminAccountView = z.infer<typeof AdminAccountView>;

/** `GET /v1/invites`. */
export const InviteView = z.object({
  id: z.string(),
  code_prefix: z.string(),
  status: z.enum(["open", "used_up", "expired", "revoked"]),
  note: z.string().nullable(),
  max_uses: z.number(),
  uses: z.number(),
  plan: z.string().nullable(),
  credit_usd: z.number(),
  expires_at: z.string().nullable(),
  created_at: z.string(),
});
export type InviteView = z.infer<typeof InviteView>;

/** `POST /v1/invites`: the only time that the code is told. */
export const NewInviteView = InviteView.extend({ code: z.string() });
export type NewInviteView = z.infer<typeof NewInviteView>;

const Check = { is_ok: z.boolean(), took_ms: z.number(), error: z.string().nullable() };

/** `GET /v1/admin/health`. */
export const HealthView = z.object({
  status: z.enum(["ok", "degraded"]),
  checked_at: z.string(),
  process: z.object({ pid: z.number(), node: z.string(), uptime_seconds: z.number(), memory_mb: z.number() }),
  workers: z.array(z.object({ id: z.string(), is_alive: z.boolean(), started_at: z.string(), seen_at: z.string() })),
  queue: z.object({
    waiting: z.number(),
    running: z.number(),
    oldest_waiting_seconds: z.number().nullable(),
    failed_last_day: z.array(z.object({ name: z.string(), count: z.number(), last_error: z.string().nullable() })),
  }),
  database: z.object({
    ...Check,
    ...{ version: z.string(), size_mb: z.number(), connections: z.number(), max_connections: z.number() },
  }),
  storage: z.object({ ...Check, kind: z.enum(["folder", "s3"]) }),
  models: z.object({
    chat: z.string().nullable(),
    compile: z.string().nullable(),
    servers: z.array(
      z.object({
        name: z.string(),
        status: z.enum(["unasked", "ok", "failed"]),
        error: z.string().nullable(),
        models: z.number(),
      }),
    ),
  }),
  payments: z.enum(["stripe", "none"]),
});
export type HealthView = z.infer<typeof HealthView>;
