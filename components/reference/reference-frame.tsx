import Link from "next/link";
import type { ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { Mark } from "@/components/shell/mark";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { referenceText as words } from "@/components/strings/reference";
import { Button } from "@/components/ui/button";
import type { GroupEntry } from "./reference-data";
import { ReferenceNav } from "./reference-nav";

type ReferenceFrameProps = { isSignedIn: boolean; groups: GroupEntry[]; children: ReactNode };

/** The reference within the app for who is signed in, and by itself for everybody else. */
export function ReferenceFrame({ isSignedIn, groups, children }: ReferenceFrameProps) {
  const columns = (
    <div className="mx-auto grid max-w-340 grid-cols-[minmax(0,1fr)] gap-x-10 px-4 wide:grid-cols-[216px_minmax(0,1fr)] wide:px-8">
      <ReferenceNav groups={groups} isBelowBar={isSignedIn} />
      <div className="min-w-0 pt-5 pb-16 wide:pt-8">{children}</div>
    </div>
  );
  if (isSignedIn) return <AppShell>{columns}</AppShell>;
  return (
    <>
      <header className="mx-auto flex h-16 max-w-340 items-center gap-4 px-4 wide:px-8">
        <Mark href="/" className="mr-auto" />
        <ThemeSwitch />
        <Button asChild>
          <Link href="/signin?next=/keys">{words.signIn}</Link>
        </Button>
      </header>
      <main id="main" tabIndex={-1} className="outline-none">
        {columns}
      </main>
    </>
  );
}
