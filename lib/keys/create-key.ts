import { type Ctx, defaultKeyScopes } from "@/lib/auth/context";
import { newId } from "@/lib/ids";
import { expiryIn } from "./expiry-in";
import { toKeyView } from "./key-view";
import { newSecret } from "./new-secret";
import { requireKeyManager } from "./require-key-manager";
import type { CreateKeyInput, NewKeyView } from "./schemas";

/**
 * Makes an API key. The key itself is in the answer and nowhere else: only its keyed hash is stored.
 *
 * @throws {ForbiddenError} the caller is a key that may not give this
 */
export async function createKey(ctx: Ctx, input: CreateKeyInput): Promise<NewKeyView> {
  const scopes = input.scopes ?? defaultKeyScopes;
  await requireKeyManager(ctx, scopes);
  const { key, hash, prefix } = newSecret();
  const created = await ctx.db.apiKey.create({
    data: {
      id: newId("key"),
      accountId: ctx.actor.accountId,
      name: input.name,
      hash,
      prefix,
      scopes,
      allowlist: input.allowlist,
      allowedFaces: input.allowed_faces,
      allowedModels: input.allowed_models,
      budgetMicroUsd: input.budget_usd ?? null,
      expiresAt: expiryIn(input.expires_in_days ?? null),
    },
  });
  return { key, ...toKeyView(created) };
}
