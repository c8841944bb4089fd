"use client";

import { Copy, Ellipsis, LogOut } from "lucide-react";
import { toast } from "sonner";
import { useAccount } from "@/components/account/use-account";
import { copyText } from "@/components/ui/copy-button";
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
        {account ? (
          <MenuItem onSelect={() => void copyAccountId(account.id)}>
            <Copy size={16} strokeWidth={1.75} aria-hidden />
            Copy the account id
          </MenuItem>
        ) : null}
        <MenuItem onSelect={() => void signOut()}>
          <LogOut size={16} strokeWidth={1.75} aria-hidden />
          Sign out
        </MenuItem>
      </Menu>
    </div>
  );
}

/** An admin grants credit by this id. */
async function copyAccountId(id: string): Promise<void> {
  toast((await copyText(id)) ? `${id} is in the clipboard.` : `The clipboard is closed to this page: ${id}`);
}
