import type { Ctx } from "./context";
import type { WalletView } from "./schemas";

/** The wallets that sign in to the caller's account, oldest first. */
export async function listWallets({ actor, db }: Ctx): Promise<WalletView[]> {
  const where = { accountId: actor.accountId };
  const wallets = await db.wallet.findMany({ where, orderBy: [{ createdAt: "asc" }, { address: "asc" }] });
  return wallets.map(({ address, createdAt }) => ({ address, created_at: createdAt.toISOString() }));
}
