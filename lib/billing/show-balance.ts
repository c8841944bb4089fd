import type { Ctx } from "@/lib/auth/context";
import { readBalance } from "./ledger";
import { usdFromMicroUsd } from "./money";
import type { BalanceView } from "./schemas";

/** What the account has, what of it is held, and whether anything billed runs at all. */
export async function showBalance({ actor, db }: Ctx): Promise<BalanceView> {
  const balance = await readBalance(db, actor.accountId);
  return {
    balance_usd: usdFromMicroUsd(balance.balanceMicroUsd),
    available_usd: usdFromMicroUsd(balance.availableMicroUsd),
    reserved_usd: usdFromMicroUsd(balance.reservedMicroUsd),
    // no payment provider is connected: credit is granted by an admin
    has_payment_method: false,
    is_frozen: balance.isFrozen,
  };
}
