import type { DbOrTransaction } from "@/lib/db/client";
import { compileWorkMultiple, planOf } from "./plans";
import { quotaPeriod } from "./quota-period";

/** How an account stands with its compile quota, in source tokens. */
export type CompileQuota = {
  plan: string;
  tokensLimit: number;
  /** taken from the quota in this period and not given back */
  tokensUsed: number;
  /** what may still be taken: less than limit − used where much was compiled and deleted */
  tokensRemaining: number;
  resetsAt: Date | null;
  startsAt: Date;
  planStartedAt: Date;
  isOverflowEnabled: boolean;
};

/** Reads the quota. Two queries, both on an index. */
export async function readCompileQuota(
  db: DbOrTransaction,
  accountId: string,
  now = new Date(),
): Promise<CompileQuota> {
  const account = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  const { startsAt, resetsAt } = quotaPeriod(account, now);
  const [sums] = await db.$queryRaw<{ used: bigint; worked: bigint }[]>`
    SELECT coalesce(sum(quota_tokens) FILTER (WHERE released_at IS NULL), 0)::bigint AS used,
           coalesce(sum(quota_tokens), 0)::bigint AS worked
    FROM usage_records WHERE account_id = ${accountId} AND kind = 'compile' AND created_at >= ${startsAt}`;
  const tokensLimit = planOf(account.plan).compileTokens;
  const tokensUsed = Number(sums?.used ?? 0n);
  const workLeft = tokensLimit * compileWorkMultiple - Number(sums?.worked ?? 0n);
  return {
    plan: account.plan,
    tokensLimit,
    tokensUsed,
    tokensRemaining: Math.max(0, Math.min(tokensLimit - tokensUsed, workLeft)),
    resetsAt,
    startsAt,
    planStartedAt: account.planStartedAt,
    isOverflowEnabled: account.overflowEnabled,
  };
}
