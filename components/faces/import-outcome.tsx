import { Check, Minus } from "lucide-react";
import Link from "next/link";
import { cardText as text } from "@/components/strings/faces";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import type { ImportReport } from "@/lib/cards/schemas";
import { FaceFingerprint } from "./face-fingerprint";
import { nameOf } from "./faces-view";

/** What comes next has the focus, once it is there. */
const focusOnce = (element: HTMLElement | null): void => element?.focus();

type ImportOutcomeProps = { report: ImportReport; onAnother: () => void; onClose: () => void };

/** What of a card came in, and what did not, with the reason. */
export function ImportOutcome({ report, onAnother, onClose }: ImportOutcomeProps) {
  const { face, made_by, left_out, tokens_counted } = report;
  const waits = face.document_counts.pending > 0;
  const taken = takenWords(report);
  return (
    <div className="grid gap-4">
      <div className="flex items-center gap-3" role="status">
        <FaceFingerprint face={face} size={48} />
        <div className="min-w-0">
          <p className="truncate font-strong">{text.done(nameOf(face))}</p>
          <p className="truncate text-2 text-ink-3">
            <span className="font-mono">{face.username}</span>, {text.madeBy[made_by].toLowerCase()}
          </p>
        </div>
      </div>
      <p className="text-2 text-ink-2">
        {report.graph === "none" && !waits ? text.graph.nothing : text.graph[report.graph]}{" "}
        {tokens_counted > 0 ? text.tokens(tokens_counted) : ""}
      </p>
      {taken.length > 0 ? (
        <section className="grid gap-1">
          <h3 className="text-2 font-strong">{text.taken}</h3>
          <ul className="text-2">
            {taken.map((words) => (
              <li key={words} className="num flex items-baseline gap-2">
                <Check size={14} strokeWidth={1.75} aria-hidden className="translate-y-0.5" />
                {words}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {left_out.length > 0 ? (
        <section className="grid gap-1">
          <h3 className="text-2 font-strong">{text.left}</h3>
          <ul className="max-h-44 overflow-y-auto text-2 text-ink-2" tabIndex={0} aria-label={text.left}>
            {left_out.map(({ what, reason, count }, at) => (
              <li key={at} className="flex items-baseline gap-2">
                <Minus size={14} strokeWidth={1.75} aria-hidden className="translate-y-0.5 shrink-0" />
                {text.leftOne(text.what[what] ?? what, count, text.reason[reason])}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <DialogActions>
        <Button look="primary" asChild>
          <Link href={`/faces/${face.username}${waits ? "?tab=sources" : ""}`} onClick={onClose} ref={focusOnce}>
            {text.openFace(nameOf(face))}
          </Link>
        </Button>
        <Button onClick={onAnother}>{text.another}</Button>
        <Button look="ghost" onClick={onClose}>
          {text.close}
        </Button>
      </DialogActions>
    </div>
  );
}

function takenWords({ taken }: ImportReport): string[] {
  return [
    ...(taken.facts ? [text.facts] : []),
    ...(taken.documents > 0 ? [text.documents(taken.documents)] : []),
    ...(taken.threads > 0 ? [text.threads(taken.threads)] : []),
    ...(taken.primitives > 0 ? [text.primitives(taken.primitives)] : []),
    ...(taken.edits > 0 ? [text.edits(taken.edits)] : []),
    ...(taken.parts.length > 0 ? [text.parts(taken.parts)] : []),
  ];
}
