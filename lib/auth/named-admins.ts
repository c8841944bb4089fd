import { env } from "@/lib/env";

/** Whether ADMIN_ADDRESSES names this wallet or e-mail address. */
export function isNamedAdmin(address: string): boolean {
  return env().ADMIN_ADDRESSES.includes(address.toLowerCase());
}

/** Whether the first account becomes the admin: unless a wallet is named, which can sign in without an invite. */
export function isFirstAccountAdmin(): boolean {
  return !env().ADMIN_ADDRESSES.some((address) => address.startsWith("0x"));
}
