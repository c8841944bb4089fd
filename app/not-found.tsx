import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { Button } from "@/components/ui/button";

export default function NotFound() {
  return (
    <main id="main" className="grid min-h-dvh place-items-center p-4">
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
  );
}
