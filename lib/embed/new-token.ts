import { randomBytes } from "node:crypto";

/** What stands in a page's address: 128 random bits, so that nobody finds one by trying. */
export function newEmbedToken(): string {
  return randomBytes(16).toString("base64url");
}
