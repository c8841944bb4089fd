"use client";

import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { loadPalette, readPalette, setPalette, subscribeToPalette } from "./palette-state";
import { useShortcuts } from "./use-shortcuts";

const CommandPalette = dynamic(async () => (await loadPalette()).CommandPalette, { ssr: false });
const ShortcutSheet = dynamic(async () => (await import("./shortcut-sheet")).ShortcutSheet, { ssr: false });

/** Keeps the keys, and fetches the palette or the sheet when one of them is opened. */
export function PaletteHost() {
  const state = useSyncExternalStore(subscribeToPalette, readPalette, () => "closed" as const);
  const path = usePathname();
  useShortcuts();
  useEffect(() => setPalette("closed"), [path]);
  if (state === "palette") return <CommandPalette />;
  if (state === "shortcuts") return <ShortcutSheet />;
  return null;
}
