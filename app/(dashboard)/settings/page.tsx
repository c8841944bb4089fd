import type { Metadata } from "next";
import { SettingsPage } from "@/components/settings/settings-page";
import { settingsText } from "@/components/strings/settings";

export const metadata: Metadata = { title: settingsText.title };

export default function Page() {
  return <SettingsPage />;
}
