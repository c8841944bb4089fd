import { adminText as text } from "@/components/strings/admin";
import { shortAddress } from "@/lib/format";
import type { AdminAccountView } from "./wire";

/** What an admin knows an account by. */
export function accountName({ name, email, wallets }: Pick<AdminAccountView, "name" | "email" | "wallets">): string {
  const [wallet] = wallets;
  return name ?? email ?? (wallet ? shortAddress(wallet) : text.noName);
}
