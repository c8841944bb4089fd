import { randomBytes } from "node:crypto";
import { hashApiKey } from "@/lib/auth/secrets";

const prefixLength = "sk-faces-".length + 6;

/** A new API key: 256 random bits, what is stored of it, and what is shown of it. */
export function newSecret(): { key: string; hash: string; prefix: string } {
  const key = `sk-faces-${randomBytes(32).toString("base64url")}`;
  return { key, hash: hashApiKey(key), prefix: key.slice(0, prefixLength) };
}
