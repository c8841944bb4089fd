import { z } from "zod";
import { defaultKeyScopes, type Scope, scopes } from "@/lib/auth/context";
import { microUsdFromUsd } from "@/lib/billing/money";
import { cursorOf, PageQuery } from "@/lib/http/page";
import { parseHostPattern, writeHostPattern } from "./host-pattern";
import { holdsKey } from "@/lib/redact-keys";

export { defaultKeyScopes, type Scope, scopes };

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

/** `GET /v1/api-keys`: with `revoked=true` also those that are over. */
export const ListKeysQuery = PageQuery.extend({
  cursor: cursorOf("key"),
  revoked: z.enum(["true", "false"]).default("false"),
});
export type ListKeysQuery = z.infer<typeof ListKeysQuery>;

/** A key as its owner sees it: never the key itself. */
export const KeyView = z.object({
  id: z.string(),
  name: z.string(),
  key_prefix: z.string().describe("How the key begins, to tell it from others."),
  scopes: z.array(z.string()).describe("What it may do."),
  allowlist: z.array(z.string()).describe("Hosts from which it may be used; empty: from anywhere."),
  allowed_faces: z.array(z.string()).describe("Faces that it may use; empty: every face."),
  allowed_models: z.array(z.string()).describe("Models that it may use; empty: every model."),
  budget_usd: z.number().nullable().describe("The most it may spend; null: no cap."),
  spent_usd: z.number(),
  expires_at: z.string().nullable(),
  previous_expires_at: z
    .string()
    .nullable()
    .describe("Until when the secret before the last rotation works; null: it does not."),
  last_used_at: z.string().nullable(),
  created_at: z.string(),
  revoked_at: z.string().nullable().describe("Since when nothing works with it; null: it is in use."),
});
export type KeyView = z.infer<typeof KeyView>;

/** A key just made: the only time that `key` is shown. */
export const NewKeyView = KeyView.extend({ key: z.string().describe("The key. It is shown this once.") });
export type NewKeyView = z.infer<typeof NewKeyView>;
