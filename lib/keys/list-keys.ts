import type { Ctx } from "@/lib/auth/context";
import { Page } from "@/lib/http/page";
import { toKeyView } from "./key-view";
import type { KeyView, ListKeysQuery } from "./schemas";

/** The account's keys, newest first; those that are revoked only where they are asked for. */
export async function listKeys({ actor, db }: Ctx, { limit, cursor, revoked }: ListKeysQuery): Promise<Page<KeyView>> {
  const rows = await db.apiKey.findMany({
    where: {
      accountId: actor.accountId,
      ...(revoked === "true" ? {} : { revokedAt: null }),
      embed: null,
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  return Page.of(rows, limit, toKeyView);
}
