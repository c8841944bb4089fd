import { type Actor, type Scope, scopes } from "@/lib/auth/context";
import { hashApiKey } from "@/lib/auth/secrets";
import type { Db } from "@/lib/db/client";
import { AppError, ForbiddenError } from "@/lib/errors";
import { log } from "@/lib/log";
import { isHostAllowed } from "./is-host-allowed";

const lastUsedStepMs = 60_000;

/**
 * The actor behind an API key.
 *
 * @throws {AppError} `unauthorized` unknown, revoked or expired; `forbidden` used from a host that is not on its list
 */
export async function findActorByKey(db: Db, key: string, headers: Headers): Promise<Actor> {
  const row = await db.apiKey.findUnique({ where: { hash: hashApiKey(key) }, include: { account: true } });
  if (row === null || row.revokedAt !== null) throw new AppError("unauthorized", "This API key is not valid.");
  if (row.expiresAt !== null && row.expiresAt < new Date()) {
    throw new AppError("unauthorized", "This API key has expired.");
  }
  if (!isHostAllowed(row.allowlist, headers)) {
    throw new ForbiddenError("This API key may not be used from this origin.");
  }
  touch(db, row.id, row.lastUsedAt);
  return {
    accountId: row.accountId,
    isAdmin: false,
    isFrozen: row.account.isFrozen,
    scopes: row.scopes.filter((scope): scope is Scope => (scopes as readonly string[]).includes(scope)),
    credential: { kind: "key", keyId: row.id, allowedFaces: row.allowedFaces, allowedModels: row.allowedModels },
  };
}

/** Notes the use, at most once a minute and without making the caller wait. */
function touch(db: Db, id: string, lastUsedAt: Date | null): void {
  const now = new Date();
  if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < lastUsedStepMs) return;
  db.apiKey
    .update({ where: { id }, data: { lastUsedAt: now } })
    .catch((error: unknown) => log.warn("a key's last use was not noted", { keyId: id, error }));
}
