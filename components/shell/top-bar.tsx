"use client";

import { Menu as MenuIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { shellText } from "@/components/strings/shell";
import { Mark } from "./mark";
import { Notices } from "./notices";
import { SearchIcon } from "./search-button";

export const round = "grid size-11 place-items-center rounded-2 text-ink-2 hover:bg-sunk-2";

const MenuSheet = dynamic(() => import("./menu-sheet").then((loaded) => loaded.MenuSheet), { ssr: false });

/** On narrow screens the navigation is one button away. */
export function TopBar() {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  return (
    <header className="sticky top-0 z-30 flex h-13 items-center border-b border-line bg-bg px-2 wide:hidden">
      <button
        type="button"
        aria-label={shellText.menu}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        className={round}
        onClick={() => {
          setWasOpen(true);
          setIsOpen(true);
        }}
      >
        <MenuIcon size={20} strokeWidth={1.75} aria-hidden />
      </button>
      {wasOpen ? <MenuSheet open={isOpen} onOpenChange={setIsOpen} /> : null}
      <Mark href="/faces" className="mx-auto" />
      <Notices look="icon" />
      <SearchIcon className={round} size={20} />
    </header>
  );
}
