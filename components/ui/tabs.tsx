import Link from "next/link";
import { cn } from "./cn";

export type TabLink = { href: string; label: string; count?: number | undefined; isCurrent: boolean };

/** Tabs that are links: the address bar always says which one is open, and back works. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  return (
    <nav
      aria-label={label}
      className="-mx-4 flex gap-5 overflow-x-auto border-b border-line px-4 [scrollbar-width:none] wide:mx-0 wide:px-0"
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
