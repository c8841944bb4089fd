import { toUserView, withWallets } from "@/lib/auth/user-view";
import { readBalance } from "@/lib/billing/ledger";
import { usdFromMicroUsd } from "@/lib/billing/money";
import type { Db, Prisma } from "@/lib/db/client";
import type { AdminAccountView } from "./schemas";

/** What `toAdminAccountView` needs to know of an account. */
export const forAdmins = {
  ...withWallets,
  _count: { select: { faces: true, apiKeys: { where: { revokedAt: null } } } },
  sessions: { orderBy: { lastSeenAt: "desc" }, take: 1, select: { lastSeenAt: true } },
} satisfies Prisma.AccountInclude;

type Row = Prisma.AccountGetPayload<{ include: typeof forAdmins }>;

/** An account as admins see it. */
export async function toAdminAccountView(db: Db, row: Row): Promise<AdminAccountView> {
  const { balanceMicroUsd } = await readBalance(db, row.id);
  return {
    ...toUserView(row),
    is_paying: row.stripeSubscriptionId !== null,
    plan_ends_at: row.planEndsAt?.toISOString() ?? null,
    invite_id: row.inviteId,
    balance_usd: usdFromMicroUsd(balanceMicroUsd),
    faces: row._count.faces,
    api_keys: row._count.apiKeys,
    last_seen_at: row.sessions[0]?.lastSeenAt.toISOString() ?? null,
  };
}
