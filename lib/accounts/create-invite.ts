import type { Ctx } from "@/lib/auth/context";
import { requireAdmin } from "@/lib/auth/require-person";
import { hashInviteCode } from "@/lib/auth/secrets";
import { newId } from "@/lib/ids";
import { inviteCodePrefix, newInviteCode } from "./invite-code";
import { toInviteView } from "./invite-view";
import type { CreateInviteInput, NewInviteView } from "./schemas";

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Makes a code by which people without a wallet get an account. The code is in the answer and nowhere else.
 *
 * @throws {ForbiddenError} the caller is no admin
 */
export async function createInvite(ctx: Ctx, input: CreateInviteInput): Promise<NewInviteView> {
  requireAdmin(ctx);
  const code = newInviteCode();
  const invite = await ctx.db.invite.create({
    data: {
      id: newId("invite"),
      hash: hashInviteCode(code),
      prefix: inviteCodePrefix(code),
      note: input.note ?? null,
      maxUses: input.max_uses,
      plan: input.plan ?? null,
      creditMicroUsd: input.credit_usd,
      createdBy: ctx.actor.accountId,
      expiresAt: input.expires_in_days == null ? null : new Date(Date.now() + input.expires_in_days * dayMs),
    },
  });
  return { code, ...toInviteView(invite) };
}
