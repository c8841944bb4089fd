import Link from "next/link";
import { Mark } from "@/components/shell/mark";
import { EmptyState } from "@/components/ui/empty-state";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { Button } from "@/components/ui/button";

export default function NotFound() {
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr] px-4 mid:px-6">
      <header className="flex h-16 items-center">
        <Mark href="/" />
      </header>
      <main id="main" tabIndex={-1} className="grid place-items-center pb-16 outline-none">
        <EmptyState
          figure={<Fingerprint data={{}} size={96} />}
          title="There is nothing at this address"
          action={
            <Button asChild>
              <Link href="/faces">Go to your faces</Link>
            </Button>
          }
        >
          The link may be old, or the face behind it was deleted or renamed.
        </EmptyState>
      </main>
    </div>
  );
}
