import type { Ctx } from "@/lib/auth/context";
import { requireAdmin } from "@/lib/auth/require-person";
import { NotFoundError } from "@/lib/errors";

/**
 * Ends an invite: its code makes no more accounts. Those that it made stay.
 *
 * @throws {ForbiddenError} the caller is no admin
 * @throws {NotFoundError} there is none, or it was revoked before
 */
export async function revokeInvite(ctx: Ctx, id: string): Promise<{ id: string; revoked: true }> {
  requireAdmin(ctx);
  const changed = await ctx.db.invite.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  if (changed.count === 0) throw new NotFoundError("The invite");
  return { id, revoked: true };
}
