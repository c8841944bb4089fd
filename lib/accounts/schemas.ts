import { z } from "zod";
import { Password, type UserView } from "@/lib/auth/schemas";
import { microUsdFromUsd } from "@/lib/billing/money";
import { type PlanId, plans } from "@/lib/billing/plans";

const Plan = z.enum(Object.keys(plans) as [PlanId, ...PlanId[]]);

/** `POST /v1/invites`. */
export const CreateInviteInput = z.strictObject({
  max_uses: z.number().int().min(1).max(10_000).default(1),
  /** of the accounts it makes; without one the installation's default */
  plan: Plan.nullish(),
  /** credit that each of them starts with */
  credit_usd: z.number().min(0).max(10_000).default(0).transform(microUsdFromUsd),
  expires_in_days: z.number().int().min(1).max(3650).nullish(),
  note: z.string().trim().max(200).nullish(),
});
export type CreateInviteInput = z.infer<typeof CreateInviteInput>;

/** An invite as admins see it: never the code. */
export type InviteView = {
  id: string;
  code_prefix: string;
  status: "open" | "used_up" | "expired" | "revoked";
  note: string | null;
  max_uses: number;
  uses: number;
  plan: string | null;
  credit_usd: number;
  created_by: string;
  expires_at: string | null;
  created_at: string;
};

/** An invite just made: the only time that `code` is shown. */
export type NewInviteView = InviteView & { code: string };

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
    /** as its owner is told */
    frozen_reason: z.string().trim().min(1, "must not be empty").max(300).nullish(),
    is_admin: z.boolean().optional(),
  })
  .refine(
    (input) => Object.keys(input).length > 0,
    "has nothing to change: plan, is_frozen, frozen_reason or is_admin",
  );
export type ChangeAccountInput = z.infer<typeof ChangeAccountInput>;

/** An account as admins see it: who it is and what it has, nothing of what it holds. */
export type AdminAccountView = UserView & {
  /** its plan is paid for through Stripe */
  is_paying: boolean;
  plan_ends_at: string | null;
  invite_id: string | null;
  balance_usd: number;
  faces: number;
  api_keys: number;
  last_seen_at: string | null;
};
