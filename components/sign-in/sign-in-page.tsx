"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { Suspense, useSyncExternalStore } from "react";
import { Mark } from "@/components/shell/mark";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { signInText } from "@/components/strings/sign-in";
import { ErrorBlock } from "@/components/ui/error-block";
import { RichText } from "@/components/ui/rich-text";
import { EmailSignIn } from "./email-sign-in";
import { safeNext } from "./safe-next";
import { WalletsComing } from "./wallets-coming";

/** What talks to wallets is most of this page's code: the other way in does not wait for it. */
const WalletSignIn = dynamic(async () => (await import("./wallet-sign-in")).WalletSignIn, {
  ssr: false,
  loading: () => <WalletsComing />,
});

type SignInPageProps = { host: string; hasSession: boolean };

/** @param hasSession this browser has a session cookie, which may be of a session that has ended */
export function SignInPage(props: SignInPageProps) {
  return (
    <div className="mx-auto max-w-240 px-4 pb-16 mid:px-6">
      <header className="flex h-16 items-center gap-4">
        <Mark href="/" className="mr-auto" />
        <span className="hidden text-2 text-ink-3 mid:block">{props.host}</span>
        <ThemeSwitch />
      </header>
      <main id="main" tabIndex={-1} className="grid gap-8 pt-6 outline-none">
        <Suspense>
          <WaysIn {...props} />
        </Suspense>
      </main>
    </div>
  );
}

function WaysIn({ host, hasSession }: SignInPageProps) {
  const params = useSearchParams();
  // A full load, so that nothing cached from before the sign-in stays on screen.
  const goOn = () => location.assign(safeNext(params.get("next")));
  return (
    <>
      <div className="grid gap-1">
        <h1 className="text-5 font-title">{signInText.title}</h1>
        <p className="measure text-ink-2">{signInText.lead}</p>
        <WrongHost host={host} />
        <Note isEnded={params.has("ended")} hasSession={hasSession} next={safeNext(params.get("next"))} />
      </div>
      <div className="grid gap-10 wide:grid-cols-[minmax(0,1fr)_296px]">
        <section aria-label={signInText.withWallet} className="min-w-0">
          <WalletSignIn onSignedIn={goOn} />
        </section>
        <section aria-label={signInText.withoutWallet} className="min-w-0 max-w-104">
          <EmailSignIn onSignedIn={goOn} />
        </section>
      </div>
    </>
  );
}

const never = () => () => undefined;

/** Wallets refuse, or warn of, a text that names another host than the page; and the session is the other host's. */
function WrongHost({ host }: { host: string }) {
  const here = useSyncExternalStore(
    never,
    () => location.host,
    () => host,
  );
  if (here === host) return null;
  return (
    <ErrorBlock title={signInText.wrongHost.title} className="mt-4">
      {signInText.wrongHost.reason(here, host)}
    </ErrorBlock>
  );
}

function Note({ isEnded, hasSession, next }: { isEnded: boolean; hasSession: boolean; next: string }) {
  if (!isEnded && !hasSession) return null;
  return (
    <p role="status" className="measure mt-4 border-l-2 border-accent bg-accent-soft px-4 py-2.5 text-2">
      {isEnded ? (
        signInText.ended
      ) : (
        <RichText
          text={signInText.already}
          parts={{
            faces: (words) => (
              <Link href={next} className="link">
                {words}
              </Link>
            ),
          }}
        />
      )}
    </p>
  );
}
