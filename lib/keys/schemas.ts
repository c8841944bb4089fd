import { z } from "zod";
import { scopes } from "@/lib/auth/context";
import { microUsdFromUsd } from "@/lib/billing/money";
import { parseHostPattern, writeHostPattern } from "./host-pattern";
import { holdsKey } from "@/lib/redact-keys";

const BudgetUsd = z.number().min(0).max(1_000_000).transform(microUsdFromUsd);
const Host = z
  .string()
  .max(300)
  .transform((text, context) => {
    const pattern = parseHostPattern(text);
    if (pattern !== null) return writeHostPattern(pattern);
    context.addIssue({ code: "custom", message: "is not a host name" });
    return z.NEVER;
  });
const KeyName = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(100)
  .refine((name) => !holdsKey(name), "holds an API key, which must not be kept");
const Days = z.number().int().min(1).max(3650).nullish();

/** `POST /v1/api-keys`. */
export const CreateKeyInput = z.object({
  name: KeyName,
  budget_usd: BudgetUsd.nullish(),
  allowlist: z.array(Host).max(100).default([]),
  expires_in_days: Days,
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
  expires_in_days: Days,
  scopes: z.array(z.enum(scopes)).min(1).optional(),
  allowed_faces: z.array(z.string().max(64)).max(1000).optional(),
  allowed_models: z.array(z.string().max(200)).max(1000).optional(),
  reset_spent: z.boolean().default(false),
});
export type UpdateKeyInput = z.infer<typeof UpdateKeyInput>;

/** `POST /v1/api-keys/{id}/rotate`. */
export const RotateKeyInput = z.strictObject({
  overlap_hours: z
    .number()
    .min(0)
    .max(30 * 24)
    .default(24),
});
export type RotateKeyInput = z.infer<typeof RotateKeyInput>;

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
  /** until when the secret before the last rotation works; null: it does not */
  previous_expires_at: string | null;
  last_used_at: string | null;
  created_at: string;
};

/** A key just made: the only time that `key` is shown. */
export type NewKeyView = KeyView & { key: string };
