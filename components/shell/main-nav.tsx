"use client";

import { ChartNoAxesColumn, KeyRound, UsersRound, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

const places: { href: string; label: string; icon: LucideIcon }[] = [
  { href: "/faces", label: "Faces", icon: UsersRound },
  { href: "/usage", label: "Usage", icon: ChartNoAxesColumn },
  { href: "/keys", label: "API keys", icon: KeyRound },
];

export const navLink =
  "flex min-h-11 items-center gap-2.5 rounded-2 px-2 text-ink-2 no-underline hover:bg-sunk-2 hover:text-ink aria-[current]:bg-sunk-2 aria-[current]:font-strong aria-[current]:text-ink wide:min-h-8";

export function MainNav() {
  const path = usePathname();
  return (
    <nav aria-label="Main" className="grid gap-px">
      {places.map(({ href, label, icon: Icon }) => (
        <Link key={href} href={href} aria-current={path.startsWith(href) ? "page" : undefined} className={navLink}>
          <Icon size={16} strokeWidth={1.75} aria-hidden className="text-ink-3 [[aria-current]>&]:text-ink" />
          {label}
        </Link>
      ))}
    </nav>
  );
}
