"use client";

import { Menu as MenuIcon, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { shellText } from "@/components/strings/shell";
import { Mark } from "./mark";
import { Notices } from "./notices";
import { SearchIcon } from "./search-button";
import { SideBar } from "./side-bar";

const round = "grid size-11 place-items-center rounded-2 text-ink-2 hover:bg-sunk-2";

/** On narrow screens the navigation is one button away. */
export function TopBar() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <header className="sticky top-0 z-30 flex h-13 items-center border-b border-line bg-bg px-2 wide:hidden">
      <Dialog.Root open={isOpen} onOpenChange={setIsOpen}>
        <Dialog.Trigger aria-label={shellText.menu} className={round}>
          <MenuIcon size={20} strokeWidth={1.75} aria-hidden />
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay className="appear fixed inset-0 z-40 bg-scrim" />
          <Dialog.Content
            aria-describedby={undefined}
            className="appear fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] border-r border-line bg-sunk"
          >
            <Dialog.Title className="sr-only">{shellText.menu}</Dialog.Title>
            <SideBar onNavigate={() => setIsOpen(false)} />
            <Dialog.Close aria-label={shellText.closeMenu} className={`${round} absolute top-2 right-2`}>
              <X size={20} strokeWidth={1.75} aria-hidden />
            </Dialog.Close>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <Mark href="/faces" className="mx-auto" />
      <Notices look="icon" />
      <SearchIcon className={round} size={20} />
    </header>
  );
}
