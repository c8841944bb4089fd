import { z } from "zod";
import { Password, UserView } from "@/lib/auth/schemas";
import { microUsdFromUsd } from "@/lib/billing/money";
import { type PlanId, plans } from "@/lib/billing/plans";

const Plan = z.enum(Object.keys(plans) as [PlanId, ...PlanId[]]);

/** `POST /v1/invites`. */
export const CreateInviteInput = z.strictObject({
  max_uses: z.number().int().min(1).max(10_000).default(1),
  plan: Plan.nullish().describe("Of the accounts it makes; without one the installation's default."),
  credit_usd: z
    .number()
    .min(0)
    .max(10_000)
    .default(0)
    .transform(microUsdFromUsd)
    .describe("Credit that each of them starts with."),
  expires_in_days: z.number().int().min(1).max(3650).nullish(),
  note: z.string().trim().max(200).nullish(),
});
export type CreateInviteInput = z.infer<typeof CreateInviteInput>;

/** An invite as admins see it: never the code. */
export const InviteView = z.object({
  id: z.string(),
  code_prefix: z.string(),
  status: z.enum(["open", "used_up", "expired", "revoked"]),
  note: z.string().nullable(),
  max_uses: z.number(),
  uses: z.number(),
  plan: z.string().nullable(),
  credit_usd: z.number(),
  created_by: z.string(),
  expires_at: z.string().nullable(),
  created_at: z.string(),
});
export type InviteView = z.infer<typeof InviteView>;

/** An invite just made: the only time that `code` is shown. */
export const NewInviteView = InviteView.extend({ code: z.string() });
export type NewInviteView = z.infer<typeof NewInviteView>;

/** `DELETE /v1/account`: the password, or, where there is none, the account's name, e-mail or wallet address. */
export const DeleteAccountInput = z.strictObject({
  password: Password.optional(),
  confirm: z.string().trim().max(300).optional(),
});
export type DeleteAccountInput = z.infer<typeof DeleteAccountInput>;

/** `PATCH /v1/admin/accounts/{id}`. */
export const ChangeAccountInput = z
  .strictObject({
    plan: Plan.optional(),
    is_frozen: z.boolean().optional(),
    frozen_reason: z.string().trim().min(1, "must not be empty").max(300).nullish().describe("As its owner is told."),
    is_admin: z.boolean().optional(),
  })
  .refine(
    (input) => Object.keys(input).length > 0,
    "has nothing to change: plan, is_frozen, frozen_reason or is_admin",
  );
export type ChangeAccountInput = z.infer<typeof ChangeAccountInput>;

/** An account as admins see it: who it is and what it has, nothing of what it holds. */
export const AdminAccountView = UserView.extend({
  is_paying: z.boolean().describe("Its plan is paid for through Stripe."),
  plan_ends_at: z.string().nullable(),
  invite_id: z.string().nullable(),
  balance_usd: z.number(),
  faces: z.number(),
  api_keys: z.number(),
  last_seen_at: z.string().nullable(),
});
export type AdminAccountView = z.infer<typeof AdminAccountView>;

const Check = { is_ok: z.boolean(), took_ms: z.number(), error: z.string().nullable() };

/** `GET /v1/admin/health`. */
export const HealthView = z.object({
  status: z.enum(["ok", "degraded"]).describe("`degraded`: something below is not as it should be."),
  checked_at: z.string(),
  process: z
    .object({ pid: z.number(), node: z.string(), uptime_seconds: z.number(), memory_mb: z.number() })
    .describe("The one that answers."),
  workers: z.array(z.object({ id: z.string(), is_alive: z.boolean(), started_at: z.string(), seen_at: z.string() })),
  queue: z.object({
    waiting: z.number(),
    running: z.number(),
    oldest_waiting_seconds: z.number().nullable(),
    failed_last_day: z.array(z.object({ name: z.string(), count: z.number(), last_error: z.string().nullable() })),
  }),
  database: z.object({
    ...Check,
    version: z.string(),
    size_mb: z.number(),
    connections: z.number(),
    max_connections: z.number(),
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
        answered_at: z.string().nullable(),
      }),
    ),
  }),
  payments: z.enum(["stripe", "none"]),
});
export type HealthView = z.infer<typeof HealthView>;
