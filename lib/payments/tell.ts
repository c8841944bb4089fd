import type { Prisma, Transaction } from "@/lib/db/client";
import { newId } from "@/lib/ids";

type Kind = "payment_failed" | "plan_ended";

/** Tells an account something about its payments, once per occasion. */
export async function tell(
  tx: Transaction,
  accountId: string,
  kind: Kind,
  occasion: string,
  data: Prisma.InputJsonObject,
): Promise<void> {
  await tx.notice.createMany({
    data: [{ id: newId("notice"), accountId, kind, occasion, data }],
    skipDuplicates: true,
  });
}

/** What was told has settled itself: it is no longer news. */
export async function settleNotice(tx: Transaction, accountId: string, kind: Kind, occasion: string): Promise<void> {
  await tx.notice.updateMany({ where: { accountId, kind, occasion, readAt: null }, data: { readAt: new Date() } });
}
