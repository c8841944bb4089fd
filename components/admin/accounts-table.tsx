"use client";

import { Ellipsis } from "lucide-react";
import { useAccount } from "@/components/account/use-account";
import { adminText as text } from "@/components/strings/admin";
import { Chip } from "@/components/ui/chip";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { useNow } from "@/components/ui/use-now";
import { formatAgo, formatCount, formatUsd } from "@/lib/format";
import type { AccountAction } from "./account-dialogs";
import { accountName } from "./account-name";
import type { AdminAccountView } from "./wire";

const head = "border-b border-line py-2 pl-4 text-left text-1 font-text whitespace-nowrap text-ink-3 first:pl-0";
const cell = "border-b border-line py-2 pl-4 align-top first:pl-0";
const midOnly = "hidden mid:table-cell";
const wideOnly = "hidden wide:table-cell";

type OnAction = (action: AccountAction, account: AdminAccountView) => void;
type AccountsTableProps = { accounts: readonly AdminAccountView[]; isOld: boolean; onAction: OnAction };

export function AccountsTable({ accounts, isOld, onAction }: AccountsTableProps) {
  const now = useNow();
  const { data: me } = useAccount();
  return (
    <table className={cn("num w-full border-collapse text-2", isOld && "opacity-60")}>
      <thead>
        <tr>
          <th className={head}>{text.columns.account}</th>
          <th className={cn(head, midOnly)}>{text.columns.plan}</th>
          <th className={cn(head, "text-right")}>{text.columns.credit}</th>
          <th className={cn(head, wideOnly, "text-right")}>{text.columns.faces}</th>
          <th className={cn(head, wideOnly, "text-right")}>{text.columns.keys}</th>
          <th className={cn(head, midOnly)}>{text.columns.seen}</th>
          <th className={head} aria-hidden />
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id} className="hover:bg-sunk">
            <td className={cn(cell, "w-full max-w-0")}>
              <Who account={account} isMe={account.id === me?.id} />
            </td>
            <td className={cn(cell, midOnly, "whitespace-nowrap")}>
              {account.plan.charAt(0).toUpperCase() + account.plan.slice(1)}
              {account.is_paying ? <span className="block text-1 text-ink-3">{text.paying}</span> : null}
            </td>
            <td className={cn(cell, "text-right whitespace-nowrap")}>{formatUsd(account.balance_usd)}</td>
            <td className={cn(cell, wideOnly, "text-right")}>{formatCount(account.faces)}</td>
            <td className={cn(cell, wideOnly, "text-right")}>{formatCount(account.api_keys)}</td>
            <td className={cn(cell, midOnly, "whitespace-nowrap text-ink-3")}>
              {account.last_seen_at
                ? formatAgo(account.last_seen_at, Math.max(now, Date.parse(account.last_seen_at)))
                : text.seenNever}
            </td>
            <td className={cn(cell, "py-1")}>
              <Actions account={account} onAction={onAction} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Who({ account, isMe }: { account: AdminAccountView; isMe: boolean }) {
  const isLeaving = account.wallets.length === 0 && !account.has_password;
  const [wallet] = account.wallets;
  const name = accountName(account);
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 font-strong">
        <span className="truncate" title={wallet ?? name}>
          {name}
        </span>
        {isMe ? <Chip>{text.you}</Chip> : null}
        {account.is_admin ? <Chip>{text.isAdmin}</Chip> : null}
        {isLeaving ? (
          <Chip>{text.leaving}</Chip>
        ) : account.is_frozen ? (
          <Chip className="border-danger text-danger">{text.isFrozen}</Chip>
        ) : null}
      </p>
      <p className="flex min-w-0 items-center gap-1 text-1 text-ink-3">
        <code className="truncate">{account.id}</code>
        <CopyButton text={account.id} label={text.copyId(account.id)} />
      </p>
      {account.is_frozen && account.frozen_reason && !isLeaving ? (
        <p className="text-1 text-ink-2">{account.frozen_reason}</p>
      ) : null}
    </>
  );
}

function Actions({ account, onAction }: { account: AdminAccountView; onAction: OnAction }) {
  const item = (action: AccountAction, danger = false) => (
    <MenuItem danger={danger} onSelect={() => onAction(action, account)}>
      {text.actions[action]}
    </MenuItem>
  );
  return (
    <Menu
      trigger={
        <IconButton label={text.manage(accountName(account))} hasTooltip={false}>
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      {item("grant")}
      {item("plan")}
      <MenuLine />
      {account.is_frozen ? (
        <>
          {item("free")}
          {item("reason")}
        </>
      ) : (
        item("freeze", true)
      )}
      <MenuLine />
      {account.is_admin ? item("dropAdmin", true) : item("makeAdmin")}
    </Menu>
  );
}
