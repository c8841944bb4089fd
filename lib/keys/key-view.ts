import { usdFromMicroUsd } from "@/lib/billing/money";
import type { Prisma } from "@/lib/db/client";
import type { KeyView } from "./schemas";

/** A stored key as routes show it. */
export function toKeyView(key: Prisma.ApiKeyGetPayload<object>): KeyView {
  return {
    id: key.id,
    name: key.name,
    key_prefix: key.prefix,
    scopes: key.scopes,
    allowlist: key.allowlist,
    allowed_faces: key.allowedFaces,
    allowed_models: key.allowedModels,
    budget_usd: key.budgetMicroUsd === null ? null : usdFromMicroUsd(key.budgetMicroUsd),
    spent_usd: usdFromMicroUsd(key.spentMicroUsd),
    expires_at: key.expiresAt?.toISOString() ?? null,
    previous_expires_at: worksUntil(key.previousExpiresAt),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    created_at: key.createdAt.toISOString(),
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}

function worksUntil(end: Date | null): string | null {
  return end === null || end.getTime() <= Date.now() ? null : end.toISOString();
}
