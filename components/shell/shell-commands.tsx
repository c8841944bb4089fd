"use client";

import { Keyboard, LogOut } from "lucide-react";
import { useRouter } from "next/navigation";
import { useAccount } from "@/components/account/use-account";
import { useCommands, type Command } from "@/components/palette/commands";
import { openShortcuts } from "@/components/palette/palette-state";
import { paletteText } from "@/components/strings/palette";
import { portraitsText } from "@/components/strings/portraits";
import { shellText } from "@/components/strings/shell";
import { adminPlace, places, settingsPlace, type Place } from "./places";
import { signOut } from "./sign-out";
import { chooseTheme } from "./theme";
import { themes } from "./theme-switch";

const keywords: Record<string, readonly string[]> = {
  "/portraits": portraitsText.keywords,
  "/settings": paletteText.settingsKeywords,
  "/usage": paletteText.usageKeywords,
  "/keys": paletteText.keysKeywords,
  "/reference": paletteText.referenceKeywords,
};

/** What can be run from every page: where to go, how it looks, and the way out. */
export function ShellCommands() {
  const router = useRouter();
  const { data: account } = useAccount();
  const all = [...places, settingsPlace, ...(account?.is_admin ? [adminPlace] : [])];
  useCommands([
    ...all.map((place) => goTo(place, (path) => router.push(path))),
    {
      id: "go.grammar",
      label: paletteText.grammar,
      group: "go",
      keywords: paletteText.grammarKeywords,
      run: () => router.push("/docs"),
    },
    ...themeCommands,
    {
      id: "account.shortcuts",
      label: paletteText.shortcuts,
      group: "account",
      keywords: paletteText.shortcutsKeywords,
      shortcut: "?",
      icon: Keyboard,
      run: openShortcuts,
    },
    { id: "account.sign-out", label: shellText.signOut, group: "account", icon: LogOut, run: () => void signOut() },
  ]);
  return null;
}

function goTo({ href, label, icon, shortcut }: Place, open: (path: string) => void): Command {
  return {
    id: `go.${href}`,
    label,
    group: "go",
    icon,
    keywords: keywords[href] ?? [],
    ...(shortcut ? { shortcut } : {}),
    run: () => open(href),
  };
}

const themeCommands: Command[] = themes.map(({ value, label, icon }) => ({
  id: `display.${value}`,
  label: paletteText.themeLabel(label),
  group: "display",
  keywords: paletteText.themeKeywords,
  icon,
  run: () => chooseTheme(value),
}));
