"use client";

import { Ellipsis, LogOut } from "lucide-react";
import { useAccount } from "@/components/account/use-account";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { shortAddress } from "@/lib/format";
import { signOut } from "./sign-out";
import { ThemeSwitch } from "./theme-switch";

/** Who is signed in, the theme, and the way out. */
export function AccountRow() {
  const { data: account } = useAccount();
  const address = account?.wallets[0];
  const name = address ? shortAddress(address) : (account?.name ?? account?.email ?? "");
  return (
    <div className="-mx-2 flex min-h-12 items-center gap-1 border-t border-line px-2 pt-1.5">
      <span className="mr-auto truncate font-mono text-1 text-ink-2" title={address}>
        {name}
      </span>
      <ThemeSwitch />
      <Menu
        trigger={
          <IconButton label="Account" hasTooltip={false}>
            <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => void signOut()}>
          <LogOut size={16} strokeWidth={1.75} aria-hidden />
          Sign out
        </MenuItem>
      </Menu>
    </div>
  );
}
