"use client";

import { Column } from "@/components/shell/app-shell";
import { PageHead } from "@/components/shell/page-head";
import { adminText as text } from "@/components/strings/admin";
import { Tabs } from "@/components/ui/tabs";
import { useUrlState } from "@/components/ui/use-url-state";
import { AccountsSection } from "./accounts-section";
import { HealthSection } from "./health-section";
import { InvitesSection } from "./invites-section";

const tabs = ["accounts", "invites", "health"] as const;

/** For whoever runs the installation: who is here, who may come, and whether everything works. */
export function AdminPage() {
  const [chosen] = useUrlState("tab");
  const tab = tabs.find((each) => each === chosen) ?? "accounts";
  return (
    <Column>
      <PageHead title={text.title} note={text.note} />
      <Tabs
        label={text.tabsLabel}
        tabs={tabs.map((each) => ({
          href: each === "accounts" ? "/admin" : `/admin?tab=${each}`,
          label: text.tabs[each],
          isCurrent: each === tab,
        }))}
      />
      <div className="pt-6">
        {tab === "accounts" ? <AccountsSection /> : tab === "invites" ? <InvitesSection /> : <HealthSection />}
      </div>
    </Column>
  );
}
