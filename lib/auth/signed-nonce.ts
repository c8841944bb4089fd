import type { Db, Prisma, Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { type NoncePurpose, nonceKey, nonceLine } from "./nonce-purpose";
import type { VerifyInput } from "./schemas";
import { isSignedBy } from "./verify-signature";

type Nonce = Prisma.NonceGetPayload<object>;

/**
 * A live nonce of this purpose that the address has signed. It is not used up yet.
 *
 * @throws {AppError} `unauthorized` the nonce is unknown, used or expired, or the signature is not the address's
 */
export async function requireSignedNonce(db: Db, input: VerifyInput, purpose: NoncePurpose): Promise<Nonce> {
  const code = /(?:^|\s)([0-9a-f]{32})\s*$/.exec(input.nonce)?.[1];
  if (code === undefined) throw unknownNonce();
  const nonce = await db.nonce.findUnique({ where: { nonce: nonceKey(purpose, code) } });
  if (nonce === null || nonce.address !== input.address || nonce.expiresAt < new Date()) throw unknownNonce();
  const texts = [nonce.message, nonceLine(purpose, code)];
  if (await isSignedBy(input.address, input.signature as `0x${string}`, texts)) return nonce;
  throw new AppError("unauthorized", `The signature was not made by ${input.address} over this nonce or message.`);
}

/**
 * Uses a nonce up, in the transaction that acts on it. It is deleted by the statement that proves it was there, so of
 * racing requests one wins.
 *
 * @throws {AppError} `unauthorized`
 */
export async function useNonce(tx: Transaction, { nonce }: Nonce): Promise<void> {
  const used = await tx.nonce.deleteMany({ where: { nonce } });
  if (used.count !== 1) throw unknownNonce();
}

function unknownNonce(): AppError {
  return new AppError("unauthorized", "This nonce is unknown, used or expired. Ask for a new one and sign that.");
}
