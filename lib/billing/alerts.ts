import type { DbOrTransaction } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { type CompileQuota, readCompileQuota } from "./compile-quota";
import { readBalance } from "./ledger";
import { usdFromMicroUsd } from "./money";

/** Shares of the compile quota, in percent, whose reaching an account is told. */
export const quotaAlerts = [50, 80, 100] as const;

/** Credit is low when no more than this share of what came in last is left. */
const lowCreditShare = 10n;

export type QuotaKind = `quota_${(typeof quotaAlerts)[number]}`;

/**
 * What the alerts of a quota are told once for: a period of a plan. A new period, and a plan chosen anew, are new
 * occasions; quota given back and used again is not.
 */
export function quotaOccasion({ plan, startsAt, planStartedAt }: CompileQuota): string {
  const since = startsAt > planStartedAt ? startsAt : planStartedAt;
  return `${plan} ${since.toISOString()}`;
}

/** The shares that are reached. A quota of which nothing may be taken any more is used up, whatever was given back. */
function reachedShares({ tokensUsed, tokensLimit, tokensRemaining }: CompileQuota): number[] {
  if (tokensLimit <= 0) return [];
  const percent = tokensRemaining === 0 ? 100 : (tokensUsed / tokensLimit) * 100;
  return quotaAlerts.filter((share) => percent >= share);
}

/**
 * Tells an account which shares of its quota are used, each once a period, however many charges race.
 *
 * Only the highest is news; lower ones are kept as read.
 *
 * @param quota as it stands after the charge
 */
export async function alertQuota(db: DbOrTransaction, accountId: string, quota: CompileQuota): Promise<void> {
  const shares = reachedShares(quota);
  const highest = shares.at(-1);
  if (highest === undefined) return;
  const occasion = quotaOccasion(quota);
  const now = new Date();
  const data = {
    plan: quota.plan,
    tokens_used: quota.tokensUsed,
    tokens_limit: quota.tokensLimit,
    resets_at: quota.resetsAt?.toISOString() ?? null,
    overflow_enabled: quota.isOverflowEnabled,
  };
  const { count } = await db.notice.createMany({
    data: shares.map((share) => ({
      id: newId("notice"),
      accountId,
      kind: `quota_${share}` satisfies string,
      occasion,
      data,
      readAt: share < highest ? now : null,
    })),
    skipDuplicates: true,
  });
  if (count === 0) return;
  const lower = shares.filter((share) => share < highest).map((share) => `quota_${share}`);
  await db.notice.updateMany({
    where: { accountId, occasion, kind: { in: lower }, readAt: null },
    data: { readAt: now },
  });
}

/**
 * Tells an account that its credit runs low: once for every time that credit came in.
 *
 * @returns the occasion that a notice of low credit now stands for; null when credit is not low
 */
export async function alertLowCredit(db: DbOrTransaction, accountId: string): Promise<string | null> {
  const credit = await lastCredit(db, accountId);
  if (credit === null) return null;
  const { balanceMicroUsd } = await readBalance(db, accountId);
  if (balanceMicroUsd * lowCreditShare > credit.amount) return null;
  const data = { balance_usd: usdFromMicroUsd(balanceMicroUsd), credited_usd: usdFromMicroUsd(credit.amount) };
  await db.notice.createMany({
    data: [{ id: newId("notice"), accountId, kind: "credit_low", occasion: credit.id, data }],
    skipDuplicates: true,
  });
  return credit.id;
}

/** The credit that came in last. Of a million charges only the few entries of credit are read, by their kind. */
async function lastCredit(db: DbOrTransaction, accountId: string): Promise<{ id: string; amount: bigint } | null> {
  const [row] = await db.$queryRaw<{ id: string; amount: bigint }[]>`
    WITH credits AS MATERIALIZED (
      SELECT seq, amount_micro_usd AS amount FROM ledger_entries
      WHERE account_id = ${accountId} AND kind IN ('grant', 'topup')
    )
    SELECT seq::text AS id, amount FROM credits ORDER BY seq DESC LIMIT 1`;
  return row ?? null;
}

/**
 * Brings an account's notices up to date: tells what is true and was not told yet, and marks as read what is over, such
 * as low credit after a top-up and the quota of a period that has ended.
 */
export async function refreshAlerts(db: DbOrTransaction, accountId: string): Promise<void> {
  const quota = await readCompileQuota(db, accountId);
  await alertQuota(db, accountId, quota);
  const occasion = await alertLowCredit(db, accountId);
  const quotaKinds = quotaAlerts.map((share) => `quota_${share}`);
  await db.notice.updateMany({
    where: {
      accountId,
      readAt: null,
      OR: [
        { kind: "credit_low", ...(occasion === null ? {} : { occasion: { not: occasion } }) },
        { kind: { in: quotaKinds }, occasion: { not: quotaOccasion(quota) } },
      ],
    },
    data: { readAt: new Date() },
  });
}
