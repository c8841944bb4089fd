import { z } from "zod";
import { scopes } from "@/lib/auth/context";
import { microUsdFromUsd } from "@/lib/billing/money";

const BudgetUsd = z.number().min(0).max(1_000_000).transform(microUsdFromUsd);
const Host = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/, "is not a host name");
const KeyName = z.string().trim().min(1, "must not be empty").max(100);

/** `POST /v1/api-keys`. */
export const CreateKeyInput = z.object({
  name: KeyName,
  budget_usd: BudgetUsd.nullish(),
  allowlist: z.array(Host).max(100).default([]),
  expires_in_days: z.number().int().min(1).max(3650).nullish(),
  scopes: z.array(z.enum(scopes)).min(1).optional(),
  allowed_faces: z.array(z.string().max(64)).max(1000).default([]),
  allowed_models: z.array(z.string().max(200)).max(1000).default([]),
});
export type CreateKeyInput = z.infer<typeof CreateKeyInput>;

/** `PATCH /v1/api-keys/{id}`. */
export const UpdateKeyInput = z.strictObject({
  name: KeyName.optional(),
  budget_usd: BudgetUsd.nullish(),
  allowlist: z.array(Host).max(100).optional(),
  allowed_faces: z.array(z.string().max(64)).max(1000).optional(),
  allowed_models: z.array(z.string().max(200)).max(1000).optional(),
  reset_spent: z.boolean().default(false),
});
export type UpdateKeyInput = z.infer<typeof UpdateKeyInput>;

/** A key as its owner sees it: never the key itself. */
export type KeyView = {
  id: string;
  name: string;
  key_prefix: string;
  scopes: string[];
  allowlist: string[];
  allowed_faces: string[];
  allowed_models: string[];
  budget_usd: number | null;
  spent_usd: number;
  expires_at: string | null;
  last_used_at: string | null;
  created_at: string;
};

/** A key just made: the only time that `key` is shown. */
export type NewKeyView = KeyView & { key: string };
