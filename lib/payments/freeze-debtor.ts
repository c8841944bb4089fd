import { readBalance } from "@/lib/billing/ledger";
import { usdFromMicroUsd } from "@/lib/billing/money";
import type { Transaction } from "@/lib/db/client";

/** What an account is told first that is frozen because a payment was taken back. An admin's reasons read otherwise. */
const debtReason = "A payment was taken back after its credit was spent.";

/** Whether an account is frozen for what it owes, and not by an admin. */
export function isFrozenForDebt(account: { isFrozen: boolean; frozenReason: string | null }): boolean {
  return account.isFrozen && (account.frozenReason?.startsWith(debtReason) ?? false);
}

/**
 * Freezes an account whose credit fell below zero because a payment was taken back, and frees it when it has paid.
 * What an admin froze stays frozen.
 */
export async function freezeDebtor(tx: Transaction, accountId: string): Promise<void> {
  const { balanceMicroUsd } = await readBalance(tx, accountId);
  const account = await tx.account.findUniqueOrThrow({ where: { id: accountId } });
  if (account.isFrozen && !isFrozenForDebt(account)) return;
  const isFrozen = balanceMicroUsd < 0n;
  if (!isFrozen && !account.isFrozen) return;
  // rounded up: what is asked for must suffice
  const owed = (Math.ceil(usdFromMicroUsd(-balanceMicroUsd) * 100) / 100).toFixed(2);
  const frozenReason = isFrozen ? `${debtReason} Add at least $${owed} of credit to go on.` : null;
  if (frozenReason === account.frozenReason) return;
  await tx.account.update({ where: { id: accountId }, data: { isFrozen, frozenReason } });
}
