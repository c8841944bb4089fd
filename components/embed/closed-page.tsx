import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { visitorText } from "@/components/strings/embed";

/** What a visitor finds where no page is, or none that may be shown where they are. */
export function ClosedPage({ isElsewhere = false }: { isElsewhere?: boolean }) {
  return (
    <main id="main" className="grid h-dvh place-items-center p-6 text-center">
      <div className="grid justify-items-center gap-3">
        <Fingerprint data={{}} size={64} />
        <h1>{visitorText.missingTitle}</h1>
        <p className="text-ink-2">{isElsewhere ? visitorText.elsewhere : visitorText.missing}</p>
      </div>
    </main>
  );
}
