import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { installationSecret } from "@/lib/env";

/** What a secret is for: one installation secret, one derived key per purpose, so that none can stand in for another. */
export type SecretPurpose = "access-token" | "api-key" | "cookie" | "invite" | "visitor";

type Derived = { bytes: Uint8Array; key: KeyObject };

const known = new Map<string, Derived>();

/** A 32-byte key for one purpose, derived from the installation's secret (HKDF-SHA256, RFC 5869). */
export function derivedSecret(purpose: SecretPurpose): Uint8Array {
  return derive(purpose).bytes;
}

function derive(purpose: SecretPurpose): Derived {
  const secret = installationSecret();
  const name = `${purpose} ${secret}`;
  let derived = known.get(name);
  if (derived === undefined) {
    const bytes = new Uint8Array(hkdfSync("sha256", secret, "faces", purpose, 32));
    derived = { bytes, key: createSecretKey(bytes) };
    known.set(name, derived);
  }
  return derived;
}

/** The keyed hash under which an API key is stored (HMAC-SHA256, hex): a stolen table cannot be tried offline. */
export function hashApiKey(key: string): string {
  return createHmac("sha256", derive("api-key").key).update(key).digest("hex");
}

/** The keyed hash under which an invite code is stored, likewise. */
export function hashInviteCode(code: string): string {
  return createHmac("sha256", derive("invite").key).update(code).digest("hex");
}

/** next-auth's cookie secret, hex. */
export function cookieSecret(): string {
  return Buffer.from(derivedSecret("cookie")).toString("hex");
}
