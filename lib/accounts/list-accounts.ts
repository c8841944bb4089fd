import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { requireAdmin } from "@/lib/auth/require-person";
import type { Prisma } from "@/lib/db/client";
import { cursorOf, Page, PageQuery } from "@/lib/http/page";
import { forAdmins, toAdminAccountView } from "./admin-account-view";
import type { AdminAccountView } from "./schemas";

/** `GET /v1/admin/accounts?q=&limit=&cursor=`. */
export const ListAccountsQuery = z.object({
  limit: PageQuery.shape.limit,
  cursor: cursorOf("account"),
  q: z.string().trim().max(200).optional(),
});
export type ListAccountsQuery = z.infer<typeof ListAccountsQuery>;

/**
 * The accounts of the installation, newest first.
 *
 * @param query.q a part of the name, the e-mail address or a wallet address, or an account's id
 * @throws {ForbiddenError} the caller is no admin
 */
export async function listAccounts(ctx: Ctx, { limit, cursor, q }: ListAccountsQuery): Promise<Page<AdminAccountView>> {
  requireAdmin(ctx);
  const rows = await ctx.db.account.findMany({
    where: { AND: [cursor === undefined ? {} : { id: { lt: cursor } }, q ? matching(q) : {}] },
    orderBy: { id: "desc" },
    take: limit + 1,
    include: forAdmins,
  });
  const page = Page.of(rows, limit, (row) => row);
  return new Page(await Promise.all(page.items.map((row) => toAdminAccountView(ctx.db, row))), page.nextCursor);
}

function matching(q: string): Prisma.AccountWhereInput {
  const contains = { contains: q.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
  return { OR: [{ id: q }, { email: contains }, { name: contains }, { wallets: { some: { address: contains } } }] };
}
