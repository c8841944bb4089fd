import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { requireAdmin } from "@/lib/auth/require-person";
import { cursorOf, Page, PageQuery } from "@/lib/http/page";
import { toInviteView } from "./invite-view";
import type { InviteView } from "./schemas";

/** `GET /v1/invites`. */
export const ListInvitesQuery = z.object({ limit: PageQuery.shape.limit, cursor: cursorOf("invite") });
export type ListInvitesQuery = z.infer<typeof ListInvitesQuery>;

/** All invites of the installation, also those that are over, newest first. @throws {ForbiddenError} */
export async function listInvites(ctx: Ctx, { limit, cursor }: ListInvitesQuery): Promise<Page<InviteView>> {
  requireAdmin(ctx);
  const rows = await ctx.db.invite.findMany({
    where: cursor === undefined ? {} : { id: { lt: cursor } },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  return Page.of(rows, limit, toInviteView);
}
