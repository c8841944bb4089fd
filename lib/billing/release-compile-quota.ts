import type { DbOrTransaction, Prisma, Transaction } from "@/lib/db/client";
import { quotaPeriod } from "./quota-period";

/**
 * Gives back what compiling a document, or all documents of a face, took from the quota in this period.
 *
 * The records stay: they still count towards the cap on all compiling of a period.
 *
 * @returns tokens that the quota has again
 */
export async function releaseCompileQuota(tx: Transaction, what: Compiled): Promise<number> {
  const where = await releasable(tx, what);
  const tokens = await sumQuota(tx, where);
  await tx.usageRecord.updateMany({ where, data: { releasedAt: new Date() } });
  return tokens;
}

/** How many tokens `releaseCompileQuota` would give back now. */
export async function countReleasable(db: DbOrTransaction, what: Compiled): Promise<number> {
  return sumQuota(db, await releasable(db, what));
}

type Compiled = { accountId: string } & ({ faceId: string } | { documentId: string });

async function releasable(db: DbOrTransaction, what: Compiled) {
  const account = await db.account.findUniqueOrThrow({ where: { id: what.accountId } });
  return { ...what, kind: "compile", releasedAt: null, createdAt: { gte: quotaPeriod(account).startsAt } };
}

async function sumQuota(db: DbOrTransaction, where: Prisma.UsageRecordWhereInput): Promise<number> {
  const sum = await db.usageRecord.aggregate({ where, _sum: { quotaTokens: true } });
  return sum._sum.quotaTokens ?? 0;
}
