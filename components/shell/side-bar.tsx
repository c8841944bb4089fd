"use client";

import { Mark } from "./mark";
import { AccountRow } from "./account-row";
import { MainNav } from "./main-nav";
import { QuotaMeter } from "./quota-meter";
import { RecentFaces } from "./recent-faces";

/** @param onNavigate called when a link is followed, to close the sheet on narrow screens */
export function SideBar({ onNavigate }: { onNavigate?: () => void }) {
  return (
    <div
      className="flex h-full flex-col gap-4 overflow-y-auto px-3 py-4 text-2"
      onClick={(event) => closeOnLink(event.target, onNavigate)}
    >
      <Mark href="/faces" className="px-2 py-1" />
      <MainNav />
      <RecentFaces />
      <div className="mt-auto grid gap-3 px-2">
        <QuotaMeter />
        <AccountRow />
      </div>
    </div>
  );
}

function closeOnLink(target: EventTarget, onNavigate: (() => void) | undefined): void {
  if (onNavigate && target instanceof Element && target.closest("a")) onNavigate();
}
