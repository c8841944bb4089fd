import type { Ctx } from "@/lib/auth/context";
import { forget } from "@/lib/auth/memory";
import { AppError, NotFoundError } from "@/lib/errors";
import { toKeyView } from "./key-view";
import { newSecret } from "./new-secret";
import { requireKeyManager } from "./require-key-manager";
import type { NewKeyView, RotateKeyInput } from "./schemas";

const hourMs = 60 * 60 * 1000;

/**
 * Gives a key a new secret; all else of it stays, what it spent too. The secret before works until the overlap ends,
 * and no other: what was rotated away before that ends now.
 *
 * @throws {NotFoundError}
 * @throws {ForbiddenError} the caller is a key that may not give what this one may do
 * @throws {AppError} `conflict` the key has expired
 */
export async function rotateKey(ctx: Ctx, { id, overlap_hours }: RotateKeyInput & { id: string }): Promise<NewKeyView> {
  const { actor, db } = ctx;
  const mine = { id, accountId: actor.accountId, revokedAt: null, embed: null };
  const before = await db.apiKey.findFirst({ where: mine, select: { scopes: true } });
  // whoever gets the new secret may do what the key may
  await requireKeyManager(ctx, before?.scopes);
  if (before === null) throw new NotFoundError("The API key");
  const { key, hash, prefix } = newSecret();
  const previousExpiresAt = overlap_hours === 0 ? null : new Date(Date.now() + overlap_hours * hourMs);
  const now = new Date();
  // in one statement, so that of two rotations at once the later keeps the secret of the earlier
  const changed = await db.$executeRaw`
    UPDATE api_keys SET hash = ${hash}, prefix = ${prefix}, previous_expires_at = ${previousExpiresAt}::timestamptz,
      previous_hash = CASE WHEN ${previousExpiresAt}::timestamptz IS NULL THEN NULL ELSE hash END
    WHERE id = ${id} AND account_id = ${actor.accountId} AND revoked_at IS NULL
      AND (expires_at IS NULL OR expires_at > ${now}::timestamptz)`;
  forget({ table: "api_keys", value: id });
  const row = await db.apiKey.findFirst({ where: mine });
  if (row === null) throw new NotFoundError("The API key");
  if (changed === 0) throw new AppError("conflict", "This API key has expired. Make a new one instead.");
  return { key, ...toKeyView(row), key_prefix: prefix };
}
