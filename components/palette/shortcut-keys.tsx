"use client";

import { useSearchKeys } from "@/components/shell/search-button";
import { shellText } from "@/components/strings/shell";
import { Kbd } from "@/components/ui/kbd";
import { keysOf } from "./shortcuts";

/** A shortcut as keys, `mod` by the name it has on this machine. */
export function ShortcutKeys({ shortcut }: { shortcut: string }) {
  const isMac = useSearchKeys() === shellText.keysMac;
  return (
    <span className="flex shrink-0 items-center gap-1">
      {keysOf(shortcut).map((key, index) => (
        <Kbd key={index}>{nameOf(key, isMac)}</Kbd>
      ))}
    </span>
  );
}

function nameOf(key: string, isMac: boolean): string {
  if (!key.startsWith("mod+")) return key;
  const letter = key.slice("mod+".length).toUpperCase();
  return isMac ? `⌘${letter}` : `Ctrl ${letter}`;
}
