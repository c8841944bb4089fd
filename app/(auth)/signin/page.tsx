import type { Metadata } from "next";
import { Suspense } from "react";
import { Mark } from "@/components/shell/mark";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { WalletSignIn } from "@/components/sign-in/wallet-sign-in";

export const metadata: Metadata = { title: "Sign in" };

export default function Page() {
  return (
    <div className="mx-auto max-w-160 px-4 pb-16 mid:px-6">
      <header className="flex h-16 items-center justify-between">
        <Mark href="/" />
        <ThemeSwitch />
      </header>
      <main id="main" tabIndex={-1} className="grid gap-8 pt-6 outline-none">
        <div className="grid gap-1">
          <h1 className="text-5 font-title">Sign in</h1>
          <p className="measure text-ink-2">
            Your wallet proves that an address is yours. An account is made the first time you sign.
          </p>
        </div>
        <Suspense>
          <WalletSignIn />
        </Suspense>
      </main>
    </div>
  );
}
