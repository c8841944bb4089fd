import type { Ctx } from "@/lib/auth/context";
import { readBalance } from "./ledger";
import { usdFromMicroUsd } from "./money";
import type { BalanceView } from "./schemas";

/** What the account has, what of it is held, and whether anything billed runs at all. */
export async function showBalance({ actor, db }: Ctx): Promise<BalanceView> {
  const { accountId } = actor;
  const [balance, account] = await Promise.all([
    readBalance(db, accountId),
    db.account.findUniqueOrThrow({ where: { id: accountId }, select: { hasPaymentMethod: true } }),
  ]);
  return {
    balance_usd: usdFromMicroUsd(balance.balanceMicroUsd),
    available_usd: usdFromMicroUsd(balance.availableMicroUsd),
    reserved_usd: usdFromMicroUsd(balance.reservedMicroUsd),
    has_payment_method: account.hasPaymentMethod,
    is_frozen: balance.isFrozen,
  };
}
