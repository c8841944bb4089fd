import type { Ctx } from "@/lib/auth/context";
import { Page, type PageQuery } from "@/lib/http/page";
import { toKeyView } from "./key-view";
import type { KeyView } from "./schemas";

/** The account's keys that are not revoked, newest first. */
export async function listKeys({ actor, db }: Ctx, { limit, cursor }: PageQuery): Promise<Page<KeyView>> {
  const rows = await db.apiKey.findMany({
    where: {
      accountId: actor.accountId,
      revokedAt: null,
      embed: null,
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  return Page.of(rows, limit, toKeyView);
}
