import { lockAccount } from "@/lib/auth/lock-account";
import { forget } from "@/lib/auth/memory";
import type { Db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { freezeDebtor, isFrozenForDebt } from "./freeze-debtor";

/**
 * Frees an account that was frozen for what it owes, once credit given by an admin covers it; until then it is told
 * what is still missing. What an admin froze stays frozen.
 */
export async function freeDebtor(db: Db, accountId: string): Promise<void> {
  await transaction(db, async (tx) => {
    if (isFrozenForDebt(await lockAccount(tx, accountId))) await freezeDebtor(tx, accountId);
  });
  forget({ table: "accounts", value: accountId });
}
