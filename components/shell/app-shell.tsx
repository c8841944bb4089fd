"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { PaletteHost } from "@/components/palette/palette-host";
import { shellText } from "@/components/strings/shell";
import { cn } from "@/components/ui/cn";
import { isRailPath } from "./places";
import { ShellCommands } from "./shell-commands";
import { Rail, SideBar } from "./side-bar";
import { TopBar } from "./top-bar";
import { useReader } from "./use-reader";

/**
 * The frame of every signed-in page: navigation at the side, or behind a button on narrow screens.
 *
 * Beside a chat (`/chat…`, `/faces/{face}/chat`: see `isRailPath`) the navigation is a rail of 56 px by itself, and
 * pages there lay out their own columns: the room is `h-dvh` on wide screens, and on narrow ones `100dvh` less the
 * bar's 52 px. Ordinary pages put themselves into a {@link Column}.
 */
export function AppShell({ children }: { children: ReactNode }) {
  useReader();
  const isRail = isRailPath(usePathname());
  return (
    <div
      className={cn(
        "grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] wide:grid-rows-1",
        isRail ? "wide:grid-cols-[56px_minmax(0,1fr)]" : "wide:grid-cols-[224px_minmax(0,1fr)]",
      )}
    >
      <TopBar />
      <aside
        aria-label={shellText.navigation}
        className="sticky top-0 hidden h-dvh border-r border-line bg-sunk wide:block"
      >
        {isRail ? <Rail /> : <SideBar />}
      </aside>
      <main id="main" tabIndex={-1} className="min-w-0 outline-none">
        {children}
      </main>
      <ShellCommands />
      <PaletteHost />
    </div>
  );
}

/** The measure of ordinary pages. */
export function Column({ children }: { children: ReactNode }) {
  return <div className="mx-auto max-w-264 px-4 pt-5 pb-12 wide:px-10 wide:pt-8 wide:pb-16">{children}</div>;
}
