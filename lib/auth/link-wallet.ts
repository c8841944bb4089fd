import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import type { Ctx } from "./context";
import { createNonce } from "./create-nonce";
import { lockAccount, lockNewWallets } from "./lock-account";
import { forget } from "./memory";
import { isNamedAdmin } from "./named-admins";
import { requirePerson } from "./require-person";
import type { NonceView, VerifyInput, WalletView } from "./schemas";
import { requireSignedNonce, useNonce } from "./signed-nonce";

const maxWallets = 20;

/** What a wallet signs to be linked to the caller's account, and to no other. @throws {ForbiddenError} an API key */
export async function createLinkNonce(ctx: Ctx, address: `0x${string}`): Promise<NonceView> {
  requirePerson(ctx);
  return createNonce(ctx.db, address, { kind: "link", accountId: ctx.actor.accountId });
}

/**
 * Lets another wallet sign in to the caller's account. One that is linked already stays as it is.
 *
 * @throws {AppError} `unauthorized` the nonce or its signature is not right; `conflict` the wallet signs in to another
 *   account, or there are too many
 * @throws {ForbiddenError} an API key
 */
export async function linkWallet(ctx: Ctx, input: VerifyInput): Promise<WalletView> {
  requirePerson(ctx);
  const { accountId } = ctx.actor;
  const { address } = input;
  const nonce = await requireSignedNonce(ctx.db, input, { kind: "link", accountId });
  const wallet = await transaction(ctx.db, async (tx) => {
    await useNonce(tx, nonce);
    await lockNewWallets(tx);
    const account = await lockAccount(tx, accountId);
    const known = await tx.wallet.findUnique({ where: { address } });
    if (known?.accountId === accountId) return known;
    if (known !== null) {
      const message =
        "This wallet signs in to another account. Sign in with it and unlink it there, or delete that one.";
      throw new AppError("conflict", message, { param: "address" });
    }
    if ((await tx.wallet.count({ where: { accountId } })) >= maxWallets) {
      throw new AppError("conflict", `An account may have at most ${maxWallets} wallets. Unlink one first.`);
    }
    if (isNamedAdmin(address) && !account.isAdmin) {
      await tx.account.update({ where: { id: accountId }, data: { isAdmin: true } });
    }
    return tx.wallet.create({ data: { address, accountId } });
  });
  forget({ table: "accounts", value: accountId });
  return { address: wallet.address, created_at: wallet.createdAt.toISOString() };
}
