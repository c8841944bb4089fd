import { randomBytes } from "node:crypto";
import { createSiweMessage } from "viem/siwe";
import type { Db } from "@/lib/db/client";
import { publicUrl } from "@/lib/env";
import type { NonceView } from "./schemas";

const lifetimeMs = 10 * 60 * 1000;

/**
 * The one-line text that may be signed instead of the whole message. It names this host, so that a signature made for
 * another site cannot be used here.
 */
export function nonceLine(code: string): string {
  return `Sign in to Faces at ${publicUrl().host} with code ${code}`;
}

/**
 * Makes a sign-in message (EIP-4361) for an address. Several may be live at once.
 *
 * @param address checksummed
 */
export async function createNonce(db: Db, address: `0x${string}`, now = new Date()): Promise<NonceView> {
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
    statement: "Sign in to Faces. This costs nothing and sends no transaction.",
    issuedAt: now,
    expirationTime: expiresAt,
  });
  await db.nonce.create({ data: { nonce: code, address, message, expiresAt } });
  return { nonce: nonceLine(code), message, expires_at: expiresAt.toISOString() };
}
