"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";
import { cn } from "./cn";

export type TabLink = { href: string; label: string; count?: number | undefined; isCurrent: boolean };

/** As much of the next tab as tells that there is one. */
const peekPx = 48;

/** Tabs that are links: the address bar always says which one is open, and back works. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  const bar = useRef<HTMLElement>(null);
  const current = tabs.findIndex((tab) => tab.isCurrent);
  useEffect(() => {
    // On a narrow screen not all fit; the bar alone moves, not the page.
    const tab = bar.current?.children[current];
    if (!bar.current || !(tab instanceof HTMLElement)) return;
    const overhang = tab.offsetLeft + tab.offsetWidth - bar.current.clientWidth;
    bar.current.scrollLeft = Math.max(0, overhang + peekPx);
  }, [current]);
  return (
    <nav
      ref={bar}
      aria-label={label}
      className="relative -mx-4 flex gap-5 overflow-x-auto border-b border-line px-4 [scrollbar-width:none] wide:mx-0 wide:px-0"
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          scroll={false}
          aria-current={tab.isCurrent ? "page" : undefined}
          className={cn(
            "-mb-px border-b-2 border-transparent py-3 text-2 whitespace-nowrap text-ink-2 no-underline -outline-offset-2 hover:text-ink wide:pt-2 wide:pb-2.5",
            tab.isCurrent && "border-accent font-strong text-ink",
          )}
        >
          {tab.label}
          {tab.count === undefined ? null : <span className="num ml-1 font-text text-ink-3">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
