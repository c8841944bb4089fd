import Link from "next/link";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { Mark } from "@/components/shell/mark";
import { shellText } from "@/components/strings/shell";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

const { errors } = shellText;

export default function NotFound() {
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr] px-4 mid:px-6">
      <header className="flex h-16 items-center">
        <Mark href="/" />
      </header>
      <main id="main" tabIndex={-1} className="grid place-items-center pb-16 outline-none">
        <EmptyState
          figure={<Fingerprint data={{}} size={96} />}
          isPage
          title={errors.nothing}
          action={
            <div className="flex flex-wrap justify-center gap-2">
              <Button asChild>
                <Link href="/faces">{errors.toFaces}</Link>
              </Button>
              <Button asChild look="ghost">
                <Link href="/">{errors.toStart}</Link>
              </Button>
            </div>
          }
        >
          {errors.nothingWhy}
        </EmptyState>
      </main>
    </div>
  );
}
