import type { Db, Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { lockNewWallets } from "./lock-account";
import { isFirstAccountAdmin, isNamedAdmin } from "./named-admins";
import type { VerifyInput } from "./schemas";
import { requireSignedNonce, useNonce } from "./signed-nonce";
import { type SignIn, startSession } from "./start-session";
import { withAWayIn } from "./with-a-way-in";

/**
 * Checks a signed nonce and begins a session; an address never seen before gets an account.
 *
 * @throws {AppError} `unauthorized` the nonce is unknown, used or expired, or the signature is not the address's
 */
export async function verifySignIn(db: Db, input: VerifyInput, userAgent: string | null): Promise<SignIn> {
  const nonce = await requireSignedNonce(db, input, { kind: "sign-in" });
  return transaction(db, async (tx) => {
    await useNonce(tx, nonce);
    const accountId = (await findAccountId(tx, input.address)) ?? (await createAccount(tx, input.address));
    if (isNamedAdmin(input.address)) {
      await tx.account.updateMany({ where: { id: accountId, isAdmin: false }, data: { isAdmin: true } });
    }
    return startSession(tx, accountId, { method: "wallet", userAgent });
  });
}

/** The wallet stays linked until this session has begun: who unlinks it waits, and ends the session then. */
async function findAccountId(tx: Transaction, address: string): Promise<string | null> {
  const [wallet] = await tx.$queryRaw<{ account_id: string }[]>`
    SELECT account_id FROM wallets WHERE address = ${address} FOR KEY SHARE`;
  return wallet?.account_id ?? null;
}

/** The account of a wallet that nobody has seen, unless somebody is quicker. */
async function createAccount(tx: Transaction, address: string): Promise<string> {
  await lockNewWallets(tx);
  const known = await findAccountId(tx, address);
  if (known !== null) return known;
  const isFirst = isFirstAccountAdmin() && (await tx.account.count({ where: withAWayIn })) === 0;
  const isAdmin = isFirst || isNamedAdmin(address);
  const id = newId("account");
  const plan = isAdmin ? "pro" : env().DEFAULT_PLAN;
  await tx.account.create({ data: { id, isAdmin, plan, wallets: { create: { address } } } });
  return id;
}
