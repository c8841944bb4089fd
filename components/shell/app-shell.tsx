import type { ReactNode } from "react";
import { SideBar } from "./side-bar";
import { TopBar } from "./top-bar";

/** The frame of every signed-in page: navigation at the side, or behind a button on narrow screens. */
export function AppShell({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] wide:grid-cols-[224px_minmax(0,1fr)] wide:grid-rows-1">
      <TopBar />
      <aside aria-label="Navigation" className="sticky top-0 hidden h-dvh border-r border-line bg-sunk wide:block">
        <SideBar />
      </aside>
      <main id="main" tabIndex={-1} className="min-w-0 outline-none">
        {children}
      </main>
    </div>
  );
}

/** The measure of ordinary pages. */
export function Column({ children }: { children: ReactNode }) {
  return <div className="mx-auto max-w-264 px-4 pt-5 pb-12 wide:px-10 wide:pt-8 wide:pb-16">{children}</div>;
}
