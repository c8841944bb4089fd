import type { Ctx } from "@/lib/auth/context";
import { forget } from "@/lib/auth/memory";
import { isNamedAdmin } from "@/lib/auth/named-admins";
import { requireAdmin } from "@/lib/auth/require-person";
import { resumeSyncs } from "@/lib/compile/resume-syncs";
import type { Prisma } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { AppError, NotFoundError } from "@/lib/errors";
import { forAdmins, toAdminAccountView } from "./admin-account-view";
import { requireOtherAdmin } from "./keep-an-admin";
import type { AdminAccountView, ChangeAccountInput } from "./schemas";

type Account = Prisma.AccountGetPayload<{ include: { wallets: true } }>;

/**
 * Gives an account another plan, freezes it, frees it, makes it an admin or lets it be none any more. Every process
 * acts on it at once.
 *
 * @throws {ForbiddenError} the caller is no admin
 * @throws {NotFoundError} the account
 * @throws {AppError} `conflict` the last admin, one that ADMIN_ADDRESSES names, or a plan that is paid for
 */
export async function changeAccount(
  ctx: Ctx,
  { id, ...input }: ChangeAccountInput & { id: string },
): Promise<AdminAccountView> {
  requireAdmin(ctx);
  await transaction(ctx.db, async (tx) => {
    // before the account's own lock, as whoever deletes an admin takes them
    if (input.is_admin === false) await requireOtherAdmin(tx, id, { mayBeAlone: false });
    await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${id} FOR NO KEY UPDATE`;
    const account = await tx.account.findUnique({ where: { id }, include: { wallets: true } });
    if (account === null) throw new NotFoundError("The account");
    const data = { ...planOf(account, input), ...freezing(account, input), ...rank(account, input) };
    await tx.account.update({ where: { id }, data });
  });
  forget({ table: "accounts", value: id });
  if (input.plan !== undefined || input.is_frozen === false) await resumeSyncs(ctx.db, id);
  return toAdminAccountView(ctx.db, await ctx.db.account.findUniqueOrThrow({ where: { id }, include: forAdmins }));
}

/** Another plan's quota begins with it. */
function planOf(account: Account, { plan }: ChangeAccountInput): Prisma.AccountUpdateInput {
  if (plan === undefined || plan === account.plan) return {};
  if (account.stripeSubscriptionId !== null) {
    const message = "This account pays for its plan through Stripe. Cancel it there first; the plan ends with it.";
    throw new AppError("conflict", message, { param: "plan" });
  }
  return { plan, planStartedAt: new Date(), planEndsAt: null };
}

function freezing(account: Account, input: ChangeAccountInput): Prisma.AccountUpdateInput {
  const isFrozen = input.is_frozen ?? account.isFrozen;
  if (!isFrozen) return { isFrozen, frozenReason: null };
  // what an admin froze is not freed by a payment: the reason says whose freeze it is
  const kept = input.is_frozen === true && !account.isFrozen ? null : account.frozenReason;
  const frozenReason = input.frozen_reason ?? kept ?? "An admin of this installation froze this account.";
  return { isFrozen, frozenReason };
}

function rank(account: Account, { is_admin: isAdmin }: ChangeAccountInput): Prisma.AccountUpdateInput {
  if (isAdmin === undefined) return {};
  if (!isAdmin && account.wallets.some(({ address }) => isNamedAdmin(address))) {
    throw new AppError(
      "conflict",
      "ADMIN_ADDRESSES names a wallet of this account. Take it out of the settings first.",
      {
        param: "is_admin",
      },
    );
  }
  return { isAdmin };
}
