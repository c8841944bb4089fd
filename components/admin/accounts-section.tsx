"use client";

import { useState } from "react";
import { adminText as text } from "@/components/strings/admin";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchInput } from "@/components/ui/search-input";
import { useSettled } from "@/components/ui/use-settled";
import { useUrlState } from "@/components/ui/use-url-state";
import { AccountDialogs, type AccountAction } from "./account-dialogs";
import { AccountsTable } from "./accounts-table";
import { Pager } from "./pager";
import { RowsWaiting } from "./rows-waiting";
import { useAccounts } from "./use-admin";
import type { AdminAccountView } from "./wire";

/** Everybody's account: to be found, and to be seen to. */
export function AccountsSection() {
  const [q, setQ] = useUrlState("q");
  const [after, setAfter] = useUrlState("after");
  const asked = useSettled(q, 250);
  const { data, error, refetch, isPlaceholderData } = useAccounts(asked, after);
  const [open, setOpen] = useState<{ action: AccountAction; account: AdminAccountView } | null>(null);
  return (
    <section aria-label={text.tabs.accounts} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <SearchInput
        label={text.search}
        placeholder={text.searchHint}
        value={q}
        className="w-96 max-w-full"
        onChange={({ target }) => {
          setAfter("");
          setQ(target.value);
        }}
      />
      {error ? (
        <ApiErrorBlock title={text.accountsFailed} error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <RowsWaiting />
      ) : data.data.length === 0 ? (
        <EmptyState title={text.accountsNone}>{text.accountsNoneWhy}</EmptyState>
      ) : (
        <>
          <AccountsTable
            accounts={data.data}
            isOld={isPlaceholderData}
            onAction={(action, account) => setOpen({ action, account })}
          />
          <Pager after={after} next={data.next_cursor} onGo={setAfter} />
        </>
      )}
      {open ? <AccountDialogs {...open} onClose={() => setOpen(null)} /> : null}
    </section>
  );
}
