import Link from "next/link";
import { Mark } from "@/components/shell/mark";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { siteText } from "@/components/strings/site";
import { Button } from "@/components/ui/button";

const navLink = "hidden py-1 text-2 text-ink-2 no-underline hover:text-ink wide:block";

export function SiteHeader({ isSignedIn, hasLine }: { isSignedIn: boolean; hasLine: boolean }) {
  return (
    <header className="flex h-16 items-center gap-4 wide:gap-6">
      <Mark href="/" className="mr-auto" />
      {hasLine ? (
        <a href="#how" className={navLink}>
          {siteText.how}
        </a>
      ) : null}
      <a href="#api" className={navLink}>
        {siteText.api}
      </a>
      <Link href="/docs" className={navLink}>
        {siteText.kept}
      </Link>
      <a href="#host" className={navLink}>
        {siteText.host}
      </a>
      <ThemeSwitch />
      <Button asChild>
        {isSignedIn ? <Link href="/faces">{siteText.yourFaces}</Link> : <Link href="/signin">{siteText.signIn}</Link>}
      </Button>
    </header>
  );
}
