import { type Actor, type Scope, scopes } from "@/lib/auth/context";
import { rowCache } from "@/lib/auth/memory";
import { hashApiKey } from "@/lib/auth/secrets";
import type { Db, Prisma } from "@/lib/db/client";
import { AppError, ForbiddenError } from "@/lib/errors";
import { log } from "@/lib/log";
import { isHostAllowed } from "./is-host-allowed";

const lastUsedStepMs = 60_000;
const maxKeysInMemory = 10_000;

type KeyRow = Prisma.ApiKeyGetPayload<{ include: { account: true } }>;

/**
 * The actor behind an API key.
 *
 * @throws {AppError} `unauthorized` unknown, revoked or expired; `forbidden` used from a host that is not on its list
 */
export async function findActorByKey(db: Db, key: string, headers: Headers): Promise<Actor> {
  const hash = hashApiKey(key);
  const row = await readKey(db, hash);
  const now = new Date();
  if (row === null || row.revokedAt !== null || !isCurrent(row, hash, now)) {
    throw new AppError("unauthorized", "This API key is not valid.");
  }
  if (row.expiresAt !== null && row.expiresAt <= now) {
    throw new AppError("unauthorized", "This API key has expired.");
  }
  if (!isHostAllowed(row.allowlist, headers)) {
    throw new ForbiddenError("This API key may not be used from this origin.");
  }
  touch(db, row);
  return {
    accountId: row.accountId,
    isAdmin: false,
    isFrozen: row.account.isFrozen,
    plan: row.account.plan,
    scopes: row.scopes.filter((scope): scope is Scope => (scopes as readonly string[]).includes(scope)),
    credential: { kind: "key", keyId: row.id, allowedFaces: row.allowedFaces, allowedModels: row.allowedModels },
  };
}

function readKey(db: Db, hash: string): Promise<KeyRow | null> {
  return rowCache<KeyRow | null>("api keys by hash", maxKeysInMemory).read(
    hash,
    () => db.apiKey.findFirst({ where: { OR: [{ hash }, { previousHash: hash }] }, include: { account: true } }),
    // a key that is none is not kept: guesses would push out those that are
    (row) => row && [`api_keys ${row.id}`, `accounts ${row.accountId}`],
  );
}

/** The secret that a key has now, or had before its last rotation while that may still be used. */
function isCurrent({ hash, previousHash, previousExpiresAt }: KeyRow, asked: string, now: Date): boolean {
  if (hash === asked) return true;
  return previousHash === asked && previousExpiresAt !== null && previousExpiresAt > now;
}

/** Notes the use, at most once a minute and without making the caller wait. */
function touch(db: Db, row: KeyRow): void {
  const now = new Date();
  const { id, lastUsedAt } = row;
  if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < lastUsedStepMs) return;
  // the row may be in memory, and a note is no change that would end it there
  row.lastUsedAt = now;
  db.apiKey
    .update({ where: { id }, data: { lastUsedAt: now } })
    .catch((error: unknown) => log.warn("a key's last use was not noted", { keyId: id, error }));
}
