import { randomBytes } from "node:crypto";
import { type Ctx, defaultKeyScopes } from "@/lib/auth/context";
import { hashApiKey } from "@/lib/auth/secrets";
import { newId } from "@/lib/ids";
import { toKeyView } from "./key-view";
import type { CreateKeyInput, NewKeyView } from "./schemas";

const dayMs = 24 * 60 * 60 * 1000;
const prefixLength = "sk-faces-".length + 6;

/**
 * Makes an API key. The key itself is in the answer and nowhere else: only its keyed hash is stored.
 */
export async function createKey({ actor, db }: Ctx, input: CreateKeyInput): Promise<NewKeyView> {
  const key = `sk-faces-${randomBytes(32).toString("base64url")}`;
  const created = await db.apiKey.create({
    data: {
      id: newId("key"),
      accountId: actor.accountId,
      name: input.name,
      hash: hashApiKey(key),
      prefix: key.slice(0, prefixLength),
      scopes: input.scopes ?? defaultKeyScopes,
      allowlist: input.allowlist,
      allowedFaces: input.allowed_faces,
      allowedModels: input.allowed_models,
      budgetMicroUsd: input.budget_usd ?? null,
      expiresAt: input.expires_in_days == null ? null : new Date(Date.now() + input.expires_in_days * dayMs),
    },
  });
  return { key, ...toKeyView(created) };
}
