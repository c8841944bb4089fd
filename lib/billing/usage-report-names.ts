import type { DbOrTransaction } from "@/lib/db/client";
import type { UsageGroup } from "./schemas";

/** How a row is called, and whether what it names is gone. */
export type RowName = { label: string; isDeleted: boolean };

/**
 * Finds the names of the keys that usage was added up by.
 *
 * Usage keeps the id of a face or of a key that was deleted, and nothing else of it. A revoked key keeps its name.
 */
export async function nameRows(
  db: DbOrTransaction,
  accountId: string,
  group: UsageGroup,
  keys: readonly (string | null)[],
): Promise<(key: string | null) => RowName> {
  if (group === "model" || group === "day") return (key) => ({ label: key ?? "", isDeleted: false });
  const ids = keys.filter((key) => key !== null);
  const names = group === "face" ? await nameFaces(db, accountId, ids) : await nameKeys(db, accountId, ids);
  const none = group === "face" ? "No face" : "Signed in, no key";
  const what = group === "face" ? "face" : "key";
  return (key) => {
    if (key === null) return { label: none, isDeleted: false };
    return names.get(key) ?? { label: `deleted ${what} ${key}`, isDeleted: true };
  };
}

/** Own faces, and the installation's samples, which belong to nobody. */
async function nameFaces(db: DbOrTransaction, accountId: string, ids: string[]): Promise<Map<string, RowName>> {
  const faces = await db.face.findMany({
    where: { id: { in: ids }, OR: [{ accountId }, { accountId: null }] },
    select: { id: true, username: true },
  });
  return new Map(faces.map(({ id, username }) => [id, { label: username, isDeleted: false }]));
}

async function nameKeys(db: DbOrTransaction, accountId: string, ids: string[]): Promise<Map<string, RowName>> {
  const keys = await db.apiKey.findMany({
    where: { id: { in: ids }, accountId },
    select: { id: true, name: true, revokedAt: true },
  });
  return new Map(
    keys.map(({ id, name, revokedAt }) => {
      const isDeleted = revokedAt !== null;
      return [id, { label: isDeleted ? `${name} (revoked)` : name, isDeleted }];
    }),
  );
}
