import { createHmac, hkdfSync } from "node:crypto";
import { installationSecret } from "@/lib/env";

/** What a secret is for: one installation secret, one derived key per purpose, so that none can stand in for another. */
export type SecretPurpose = "access-token" | "api-key" | "cookie";

const derived = new Map<string, Uint8Array>();

/** A 32-byte key for one purpose, derived from the installation's secret (HKDF-SHA256, RFC 5869). */
export function derivedSecret(purpose: SecretPurpose): Uint8Array {
  const secret = installationSecret();
  const name = `${purpose} ${secret}`;
  let key = derived.get(name);
  if (key === undefined) {
    key = new Uint8Array(hkdfSync("sha256", secret, "faces", purpose, 32));
    derived.set(name, key);
  }
  return key;
}

/** The keyed hash under which an API key is stored (HMAC-SHA256, hex): a stolen table cannot be tried offline. */
export function hashApiKey(key: string): string {
  return createHmac("sha256", derivedSecret("api-key")).update(key).digest("hex");
}

/** next-auth's cookie secret, hex. */
export function cookieSecret(): string {
  return Buffer.from(derivedSecret("cookie")).toString("hex");
}
