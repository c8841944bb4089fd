"use client";

import { useState } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { formatDateTime, formatDay } from "@/lib/format";
import type { TuneDetail } from "@/lib/portraits/tune-schemas";

/** Who said that the person agrees, and the record of it. */
export function ConsentSection({ tune }: { tune: TuneDetail }) {
  const [isOpen, setIsOpen] = useState(false);
  const { by, how, text: words, at } = tune.consent;
  const labels = text.record;
  const facts = [
    [labels.by, by === "person" ? labels.person : by],
    [labels.how, text.recordHow[how]],
    [labels.when, formatDateTime(at)],
    [labels.set, String(tune.id)],
    [labels.words, words],
  ] as const;
  return (
    <section className="grid gap-2">
      <h3>{text.consent}</h3>
      <p className="text-2 wrap-anywhere text-ink-2">
        {text.consentHow[how](formatDay(at))} {words}
      </p>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        className="justify-self-start text-2 text-accent underline underline-offset-3"
      >
        {isOpen ? text.hideRecord : text.showRecord}
      </button>
      {isOpen ? (
        <dl className="grid gap-2 border-l-2 border-line pl-3">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt className="text-1 text-ink-3">{label}</dt>
              <dd className="text-2 wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </section>
  );
}
