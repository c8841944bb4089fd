"use client";

import { Column } from "@/components/shell/app-shell";
import { PageHead } from "@/components/shell/page-head";
import { settingsText as text } from "@/components/strings/settings";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { useUrlState } from "@/components/ui/use-url-state";
import { AccountSection } from "./account-section";
import { DataSection } from "./data-section";
import { SessionsSection } from "./sessions-section";
import { useSettings } from "./use-settings";
import { WalletsSection } from "./wallets-section";
import type { SettingsView } from "./wire";

const tabs = ["account", "wallets", "sessions", "data"] as const;
type Tab = (typeof tabs)[number];

/** Who one is here, how one gets in, from where one is in, and the way out with everything. */
export function SettingsPage() {
  const [chosen] = useUrlState("tab");
  const tab: Tab = tabs.find((each) => each === chosen) ?? "account";
  const account = useSettings();
  return (
    <Column>
      <PageHead title={text.title} />
      <Tabs
        label={text.tabsLabel}
        tabs={tabs.map((each) => ({
          href: each === "account" ? "/settings" : `/settings?tab=${each}`,
          label: text.tabs[each],
          isCurrent: each === tab,
        }))}
      />
      <div className="max-w-180 pt-6">
        {account.error ? (
          <ApiErrorBlock title={text.loadFailed} error={account.error} onRetry={() => void account.refetch()} />
        ) : account.data ? (
          <Section tab={tab} account={account.data} />
        ) : (
          <div aria-hidden className="grid gap-4">
            <Skeleton className="w-40" />
            <Skeleton className="w-full" />
            <Skeleton className="w-2/3" />
          </div>
        )}
      </div>
    </Column>
  );
}

function Section({ tab, account }: { tab: Tab; account: SettingsView }) {
  switch (tab) {
    case "account":
      return <AccountSection account={account} />;
    case "wallets":
      return <WalletsSection account={account} />;
    case "sessions":
      return <SessionsSection />;
    case "data":
      return <DataSection account={account} />;
  }
}
