import type { Prisma } from "@/lib/db/client";
import type { UserView } from "./schemas";

/** What `toUserView` needs to know of an account. */
export const withWallets = { wallets: { orderBy: { createdAt: "asc" } } } satisfies Prisma.AccountInclude;

type AccountWithWallets = Prisma.AccountGetPayload<{ include: typeof withWallets }>;

/** An account as its owner sees it. */
export function toUserView(account: AccountWithWallets): UserView {
  return {
    id: account.id,
    name: account.name,
    email: account.email,
    has_password: account.passwordHash !== null,
    wallets: account.wallets.map((wallet) => wallet.address),
    plan: account.plan,
    is_admin: account.isAdmin,
    is_frozen: account.isFrozen,
    frozen_reason: account.frozenReason,
    created_at: account.createdAt.toISOString(),
  };
}
