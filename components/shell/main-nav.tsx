"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useAccount } from "@/components/account/use-account";
import { shellText } from "@/components/strings/shell";
import { Tooltip } from "@/components/ui/tooltip";
import { adminPlace, placeOf, places, type Place } from "./places";

export const navLink =
  "flex min-h-11 items-center gap-2.5 rounded-2 px-2 text-ink-2 no-underline hover:bg-sunk-2 hover:text-ink aria-[current]:bg-sunk-2 aria-[current]:font-strong aria-[current]:text-ink wide:min-h-8";

const railLink =
  "grid size-9 place-items-center rounded-2 text-ink-3 hover:bg-sunk-2 hover:text-ink aria-[current]:bg-sunk-2 aria-[current]:text-ink";

/** @param isRail icons only, their names beside them on hover */
export function MainNav({ isRail = false }: { isRail?: boolean }) {
  const here = placeOf(usePathname());
  const { data: account } = useAccount();
  const shown = account?.is_admin ? [...places, adminPlace] : places;
  return (
    <nav aria-label={shellText.mainNav} className="grid gap-px">
      {shown.map((place) =>
        isRail ? (
          <RailLink key={place.href} place={place} isHere={place.href === here} />
        ) : (
          <NavLink key={place.href} place={place} isHere={place.href === here} />
        ),
      )}
    </nav>
  );
}

function NavLink({ place: { href, label, icon: Icon }, isHere }: { place: Place; isHere: boolean }) {
  return (
    <Link href={href} aria-current={isHere ? "page" : undefined} className={navLink}>
      <Icon size={16} strokeWidth={1.75} aria-hidden className="text-ink-3 [[aria-current]>&]:text-ink" />
      {label}
    </Link>
  );
}

function RailLink({ place: { href, label, icon: Icon }, isHere }: { place: Place; isHere: boolean }) {
  return (
    <Tooltip label={label} side="right">
      <Link href={href} aria-label={label} aria-current={isHere ? "page" : undefined} className={railLink}>
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </Link>
    </Tooltip>
  );
}
