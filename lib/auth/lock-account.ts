import type { Prisma, Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Locks the caller's account for the rest of the transaction: whoever changes how it is signed in to takes turns.
 *
 * @throws {AppError} `unauthorized` it has just been deleted
 */
export async function lockAccount(tx: Transaction, accountId: string): Promise<Prisma.AccountGetPayload<object>> {
  await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId} FOR NO KEY UPDATE`;
  const account = await tx.account.findUnique({ where: { id: accountId } });
  if (account === null) throw new AppError("unauthorized", "This account is no more.");
  return account;
}

/** One at a time, so that exactly one account is the first and no wallet gets two. */
export async function lockNewWallets(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('faces.first-account'))`;
}
