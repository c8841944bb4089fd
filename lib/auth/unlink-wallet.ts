import { transaction } from "@/lib/db/transaction";
import { AppError, NotFoundError } from "@/lib/errors";
import type { Ctx } from "./context";
import { lockAccount } from "./lock-account";
import { forget } from "./memory";
import { requirePerson } from "./require-person";

/**
 * Lets a wallet sign in no more. The other sessions that a wallet began end with it: which of them was begun by this
 * one is not known, and whoever lost a wallet wants them gone.
 *
 * @param address checksummed
 * @throws {NotFoundError} it is not linked to the caller's account
 * @throws {AppError} `conflict` nothing else would sign in
 * @throws {ForbiddenError} an API key
 */
export async function unlinkWallet(
  ctx: Ctx,
  address: string,
): Promise<{ address: string; unlinked: true; sessions_ended: number }> {
  const { sessionId } = requirePerson(ctx);
  const { accountId } = ctx.actor;
  const ended = await transaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const wallets = await tx.wallet.findMany({ where: { accountId } });
    if (!wallets.some((wallet) => wallet.address === address)) throw new NotFoundError("The wallet");
    if (wallets.length === 1 && account.passwordHash === null) {
      throw new AppError(
        "conflict",
        "Nothing else signs in to this account. Link another wallet or set a password first.",
      );
    }
    await tx.wallet.delete({ where: { address } });
    // a sign-in that saw the wallet has committed by now: its session goes too
    return tx.session.deleteMany({ where: { accountId, method: "wallet", id: { not: sessionId } } });
  });
  forget({ table: "accounts", value: accountId });
  return { address, unlinked: true, sessions_ended: ended.count };
}
