"use client";

import { shellText } from "@/components/strings/shell";
import { AccountMenu, AccountRow } from "./account-row";
import { MainNav } from "./main-nav";
import { Mark, MarkSign } from "./mark";
import { Notices } from "./notices";
import { QuotaMeter } from "./quota-meter";
import { RecentFaces } from "./recent-faces";
import { SearchButton, SearchIcon } from "./search-button";
import { ThemeSwitch } from "./theme-switch";

/** @param onNavigate called when a link is followed, to close the sheet on narrow screens */
export function SideBar({ onNavigate }: { onNavigate?: () => void }) {
  return (
    <div
      className="flex h-full flex-col gap-4 overflow-y-auto px-3 py-4 text-2"
      onClick={(event) => closeOnLink(event.target, onNavigate)}
    >
      <Mark href="/faces" className="px-2 py-1" />
      {onNavigate ? null : <SearchButton />}
      <MainNav />
      <RecentFaces />
      <div className="mt-auto grid grid-cols-[minmax(0,1fr)] gap-3 px-2">
        {onNavigate ? null : <Notices look="row" />}
        <QuotaMeter />
        <AccountRow />
      </div>
    </div>
  );
}

/** The same as a row of icons, beside pages that need the room. */
export function Rail() {
  return (
    <div className="flex h-full flex-col items-center gap-4 overflow-y-auto px-2 py-4">
      <MarkSign href="/faces" label={shellText.product} className="grid size-9 place-items-center" />
      <MainNav isRail />
      <div className="mt-auto grid justify-items-center gap-1">
        <Notices look="icon" />
        <SearchIcon
          size={16}
          className="grid size-9 place-items-center rounded-2 text-ink-3 hover:bg-sunk-2 hover:text-ink"
        />
        <ThemeSwitch />
        <AccountMenu />
      </div>
    </div>
  );
}

function closeOnLink(target: EventTarget, onNavigate: (() => void) | undefined): void {
  if (onNavigate && target instanceof Element && target.closest("a")) onNavigate();
}
