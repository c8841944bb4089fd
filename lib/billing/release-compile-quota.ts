import type { Transaction } from "@/lib/db/client";
import { quotaPeriod } from "./quota-period";

/**
 * Gives back what compiling a document, or all documents of a face, took from the quota in this period.
 *
 * The records stay: they still count towards the cap on all compiling of a period.
 *
 * @returns tokens that the quota has again
 */
export async function releaseCompileQuota(
  tx: Transaction,
  what: { accountId: string } & ({ faceId: string } | { documentId: string }),
): Promise<number> {
  const account = await tx.account.findUniqueOrThrow({ where: { id: what.accountId } });
  const where = { ...what, kind: "compile", releasedAt: null, createdAt: { gte: quotaPeriod(account).startsAt } };
  const sum = await tx.usageRecord.aggregate({ where, _sum: { quotaTokens: true } });
  await tx.usageRecord.updateMany({ where, data: { releasedAt: new Date() } });
  return sum._sum.quotaTokens ?? 0;
}
