"use client";

import { Search } from "lucide-react";
import { useSyncExternalStore } from "react";
import { openPalette, preloadPalette } from "@/components/palette/palette-state";
import { shellText } from "@/components/strings/shell";
import { Kbd } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";

const never = () => () => undefined;
const isMac = () => /mac|iphone|ipad/i.test(navigator.userAgent);

/** The keys that open the palette, as they are called on this machine; none on the server. */
export function useSearchKeys(): string {
  return useSyncExternalStore(
    never,
    () => (isMac() ? shellText.keysMac : shellText.keysOther),
    () => "",
  );
}

/** Opens the command palette, and says by which keys it opens. */
export function SearchButton() {
  const keys = useSearchKeys();
  return (
    <button
      type="button"
      onClick={openPalette}
      onPointerEnter={preloadPalette}
      onFocus={preloadPalette}
      aria-keyshortcuts="Control+K Meta+K"
      className="flex min-h-10 w-full items-center gap-2 rounded-2 border border-line-2 bg-bg px-2 text-left text-ink-3 hover:border-control-line wide:min-h-8"
    >
      <Search size={14} strokeWidth={1.75} aria-hidden />
      <span className="mr-auto">{shellText.search}</span>
      {keys ? (
        <span aria-hidden className="hidden wide:block">
          <Kbd>{keys}</Kbd>
        </span>
      ) : null}
    </button>
  );
}

/** The same where there is room for an icon only. */
export function SearchIcon({ className, size }: { className: string; size: number }) {
  return (
    <Tooltip label={shellText.search} side="right">
      <button
        type="button"
        aria-label={shellText.searchIcon}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={openPalette}
        onPointerEnter={preloadPalette}
        className={className}
      >
        <Search size={size} strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  );
}
