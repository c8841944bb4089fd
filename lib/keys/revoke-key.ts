import type { Ctx } from "@/lib/auth/context";
import { forget } from "@/lib/auth/memory";
import { NotFoundError } from "@/lib/errors";

/** Ends a key at once. Its row stays, so that what it spent keeps its name. @throws {NotFoundError} */
export async function revokeKey({ actor, db }: Ctx, id: string): Promise<{ id: string; revoked: true }> {
  const changed = await db.apiKey.updateMany({
    where: { id, accountId: actor.accountId, revokedAt: null, embed: null },
    data: { revokedAt: new Date() },
  });
  forget({ table: "api_keys", value: id });
  if (changed.count === 0) throw new NotFoundError("The API key");
  return { id, revoked: true };
}
