import type { Db, Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { nonceLine } from "./create-nonce";
import type { UserView, VerifyInput } from "./schemas";
import { toUserView, withWallets } from "./user-view";
import { isSignedBy } from "./verify-signature";

const sessionLifetimeMs = 30 * 24 * 60 * 60 * 1000;

export type SignIn = { sessionId: string; user: UserView };

/**
 * Checks a signed nonce and begins a session; an address never seen before gets an account.
 *
 * The nonce is deleted by the same statement that proves it was there, so of two racing requests one wins.
 *
 * @throws {AppError} `unauthorized` the nonce is unknown, used or expired, or the signature is not the address's
 */
export async function verifySignIn(db: Db, input: VerifyInput, userAgent: string | null): Promise<SignIn> {
  const code = /([0-9a-f]{32})\s*$/.exec(input.nonce)?.[1];
  const nonce = code === undefined ? null : await db.nonce.findUnique({ where: { nonce: code } });
  if (nonce === null || nonce.address !== input.address || nonce.expiresAt < new Date()) throw unknownNonce();
  const texts = [nonce.message, nonceLine(nonce.nonce)];
  if (!(await isSignedBy(input.address, input.signature as `0x${string}`, texts))) {
    throw new AppError("unauthorized", `The signature was not made by ${input.address} over this nonce or message.`);
  }
  return transaction(db, async (tx) => {
    const used = await tx.nonce.deleteMany({ where: { nonce: nonce.nonce } });
    if (used.count !== 1) throw unknownNonce();
    const accountId = await requireWalletAccount(tx, input.address);
    return startSession(tx, accountId, userAgent);
  });
}

function unknownNonce(): AppError {
  return new AppError("unauthorized", "This nonce is unknown, used or expired. Ask for a new one and sign that.");
}

/** The wallet's account, made on first sight. */
async function requireWalletAccount(tx: Transaction, address: string): Promise<string> {
  // one at a time, so that exactly one account is the first and no wallet gets two
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('faces.first-account'))`;
  const wallet = await tx.wallet.findUnique({ where: { address } });
  if (wallet !== null) return wallet.accountId;
  const isFirst = (await tx.account.count()) === 0;
  const id = newId("account");
  const plan = isFirst ? "pro" : env().DEFAULT_PLAN;
  await tx.account.create({ data: { id, isAdmin: isFirst, plan, wallets: { create: { address } } } });
  return id;
}

async function startSession(tx: Transaction, accountId: string, userAgent: string | null): Promise<SignIn> {
  const sessionId = newId("session");
  const expiresAt = new Date(Date.now() + sessionLifetimeMs);
  await tx.session.create({
    data: { id: sessionId, accountId, expiresAt, userAgent: userAgent?.slice(0, 300) ?? null },
  });
  const account = await tx.account.findUniqueOrThrow({ where: { id: accountId }, include: withWallets });
  return { sessionId, user: toUserView(account) };
}
