import { usdFromMicroUsd } from "@/lib/billing/money";
import type { Prisma } from "@/lib/db/client";
import type { InviteView } from "./schemas";

type InviteRow = Prisma.InviteGetPayload<object>;

/** A stored invite as routes show it. */
export function toInviteView(invite: InviteRow): InviteView {
  return {
    id: invite.id,
    code_prefix: invite.prefix,
    status: statusOf(invite),
    note: invite.note,
    max_uses: invite.maxUses,
    uses: invite.uses,
    plan: invite.plan,
    credit_usd: usdFromMicroUsd(invite.creditMicroUsd),
    created_by: invite.createdBy,
    expires_at: invite.expiresAt?.toISOString() ?? null,
    created_at: invite.createdAt.toISOString(),
  };
}

function statusOf({ revokedAt, expiresAt, uses, maxUses }: InviteRow): InviteView["status"] {
  if (revokedAt !== null) return "revoked";
  if (uses >= maxUses) return "used_up";
  return expiresAt !== null && expiresAt < new Date() ? "expired" : "open";
}
