import { randomBytes } from "node:crypto";
import { createSiweMessage } from "viem/siwe";
import type { Db } from "@/lib/db/client";
import { publicUrl } from "@/lib/env";
import { type NoncePurpose, nonceKey, nonceLine, statementOf } from "./nonce-purpose";
import type { NonceView } from "./schemas";

const lifetimeMs = 10 * 60 * 1000;

/**
 * Makes a message (EIP-4361) for an address to sign, to sign in or to be linked to an account. Several may be live at
 * once.
 *
 * @param address checksummed
 */
export async function createNonce(
  db: Db,
  address: `0x${string}`,
  purpose: NoncePurpose = { kind: "sign-in" },
  now = new Date(),
): Promise<NonceView> {
  await db.nonce.deleteMany({ where: { expiresAt: { lt: now } } });
  const code = randomBytes(16).toString("hex");
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  const url = publicUrl();
  const message = createSiweMessage({
    address,
    chainId: 1,
    domain: url.host,
    uri: url.origin,
    version: "1",
    nonce: code,
    statement: statementOf(purpose),
    issuedAt: now,
    expirationTime: expiresAt,
  });
  await db.nonce.create({ data: { nonce: nonceKey(purpose, code), address, message, expiresAt } });
  return { nonce: nonceLine(purpose, code), message, expires_at: expiresAt.toISOString() };
}
