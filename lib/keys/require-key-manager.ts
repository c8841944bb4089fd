import { type Ctx, defaultKeyScopes } from "@/lib/auth/context";
import { ForbiddenError } from "@/lib/errors";

/**
 * Bounds what an API key may do to keys, which is no more than it is trusted with: one that is limited to hosts, faces,
 * models or a budget could free itself by making or changing another. People may do everything.
 *
 * @param given scopes that a key shall have
 * @throws {ForbiddenError}
 */
export async function requireKeyManager({ actor, db }: Ctx, given: readonly string[] = []): Promise<void> {
  if (actor.credential.kind === "session") return;
  const mayGive: readonly string[] = [...actor.scopes, ...defaultKeyScopes];
  const tooMuch = given.filter((scope) => !mayGive.includes(scope));
  if (tooMuch.length > 0)
    throw new ForbiddenError(`This API key cannot give what it does not have: ${tooMuch.join(", ")}.`);
  const key = await db.apiKey.findUniqueOrThrow({ where: { id: actor.credential.keyId } });
  const limits = [key.allowlist, key.allowedFaces, key.allowedModels];
  if (key.budgetMicroUsd !== null || key.expiresAt !== null || limits.some((list) => list.length > 0)) {
    throw new ForbiddenError("An API key that is limited itself may not make or change keys. Sign in to do it.");
  }
}
