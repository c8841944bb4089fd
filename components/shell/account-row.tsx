"use client";

import { Copy, Ellipsis, LogOut, Settings } from "lucide-react";
import Link from "next/link";
import { toast } from "@/components/ui/toast";
import { useAccount } from "@/components/account/use-account";
import type { AccountView } from "@/components/account/wire";
import { shellText } from "@/components/strings/shell";
import { copyText } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { shortAddress } from "@/lib/format";
import { signOut } from "./sign-out";
import { ThemeSwitch } from "./theme-switch";

/** Who is signed in, the theme, the settings and the way out. */
export function AccountRow() {
  const { data: account } = useAccount();
  return (
    <div className="-mx-2 flex min-h-12 items-center gap-1 border-t border-line px-2 pt-1.5">
      <Link
        href="/settings"
        title={account?.wallets[0]}
        className="mr-auto flex min-h-8 min-w-0 items-center text-1 text-ink-2 no-underline hover:text-ink"
      >
        <span className={account?.wallets[0] && !account.name ? "truncate font-mono" : "truncate"}>
          {nameOf(account)}
        </span>
        <span className="sr-only">{shellText.settings}</span>
      </Link>
      <ThemeSwitch />
      <AccountMenu />
    </div>
  );
}

function nameOf(account: AccountView | undefined): string {
  const address = account?.wallets[0];
  if (account?.name) return account.name;
  return address ? shortAddress(address) : (account?.email ?? "");
}

export function AccountMenu() {
  const { data: account } = useAccount();
  return (
    <Menu
      label={account ? nameOf(account) : shellText.account}
      trigger={
        <IconButton label={shellText.account} hasTooltip={false}>
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem asChild>
        <Link href="/settings">
          <Settings size={16} strokeWidth={1.75} aria-hidden />
          {shellText.settings}
        </Link>
      </MenuItem>
      {account ? (
        <MenuItem onSelect={() => void copyAccountId(account.id)}>
          <Copy size={16} strokeWidth={1.75} aria-hidden />
          {shellText.copyAccountId}
        </MenuItem>
      ) : null}
      <MenuLine />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut size={16} strokeWidth={1.75} aria-hidden />
        {shellText.signOut}
      </MenuItem>
    </Menu>
  );
}

/** An admin grants credit by this id. */
async function copyAccountId(id: string): Promise<void> {
  toast((await copyText(id)) ? shellText.accountIdCopied(id) : shellText.clipboardClosed(id));
}
