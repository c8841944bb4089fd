"use client";

import { Minus, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { RingKey } from "@/components/fingerprint/ring-key";
import { versionsText } from "@/components/strings/versions";
import { Button } from "@/components/ui/button";
import type { PrimitiveView, VersionDiff } from "@/lib/compile/schemas";
import { formatHundredths } from "@/lib/format";
import { wordDiff } from "./word-diff";

const shownAtFirst = 12;
const signs = { added: Plus, changed: Pencil, removed: Minus };

type Change = { sign: keyof typeof signs; primitive: PrimitiveView; was?: PrimitiveView };

/** Every statement that came, changed or went, the surest of each first. */
export function DiffList({ diff }: { diff: VersionDiff }) {
  const [isWhole, setIsWhole] = useState(false);
  const changes: Change[] = [
    ...diff.added.map((primitive): Change => ({ sign: "added", primitive })),
    ...diff.changed.map(({ before, after }): Change => ({ sign: "changed", primitive: after, was: before })),
    ...diff.removed.map((primitive): Change => ({ sign: "removed", primitive })),
  ];
  const all = diff.counts.added + diff.counts.changed + diff.counts.removed;
  if (changes.length === 0) return null;
  return (
    <div className="grid gap-3">
      <ul className="border-y border-line">
        {(isWhole ? changes : changes.slice(0, shownAtFirst)).map((change) => (
          <ChangeRow key={`${change.sign} ${change.primitive.id}`} {...change} />
        ))}
      </ul>
      {changes.length > shownAtFirst && !isWhole ? (
        <Button look="ghost" className="-ml-3 justify-self-start" onClick={() => setIsWhole(true)}>
          {versionsText.showAll(changes.length)}
        </Button>
      ) : null}
      {all > changes.length ? <p className="text-1 text-ink-3">{versionsText.partial(changes.length, all)}</p> : null}
    </div>
  );
}

function ChangeRow({ sign, primitive, was }: Change) {
  const Icon = signs[sign];
  const notes = was ? notesOn(was, primitive) : [];
  return (
    <li className="grid grid-cols-[16px_16px_minmax(0,1fr)_auto] items-start gap-x-3 border-t border-line py-2 text-2 [contain-intrinsic-size:auto_37px] [content-visibility:auto] first:border-t-0">
      <Icon
        size={14}
        strokeWidth={1.75}
        aria-label={versionsText.signs[sign]}
        className={sign === "added" ? "mt-[3px] text-accent" : "mt-[3px] text-ink-3"}
      />
      <RingKey component={primitive.component} className="mt-[3px]" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {sign === "removed" ? (
          <del className="text-ink-3">{primitive.statement}</del>
        ) : was ? (
          <Reworded before={was.statement} after={primitive.statement} />
        ) : (
          primitive.statement
        )}
        {notes.length > 0 ? <span className="block text-1 text-ink-3">{notes.join(", ")}</span> : null}
      </span>
      <span className="num text-1 leading-5 whitespace-nowrap text-ink-3">{sayConfidence(sign, primitive, was)}</span>
    </li>
  );
}

function Reworded({ before, after }: { before: string; after: string }) {
  if (before === after) return after;
  return wordDiff(before, after).map(({ kind, text }, index) =>
    kind === "same" ? (
      text
    ) : kind === "removed" ? (
      <del key={index} className="text-ink-3">
        {text}
      </del>
    ) : (
      <ins key={index} className="decoration-accent underline-offset-3">
        {text}
      </ins>
    ),
  );
}

/** What else is different, for a statement whose words may be the same. */
function notesOn(was: PrimitiveView, is: PrimitiveView): string[] {
  const places = ({ provenance }: PrimitiveView) =>
    JSON.stringify(provenance.map(({ document_id, quote }) => [document_id, quote]));
  return [
    was.pinned === is.pinned ? null : is.pinned ? versionsText.pinned : versionsText.unpinned,
    was.state !== "disabled" && is.state === "disabled" ? versionsText.off : null,
    was.state === "disabled" && is.state !== "disabled" ? versionsText.on : null,
    was.state === "draft" && is.state === "active" && !is.pinned ? versionsText.accepted : null,
    places(was) === places(is) ? null : versionsText.moreSentences,
  ].filter((note) => note !== null);
}

function sayConfidence(sign: Change["sign"], is: PrimitiveView, was: PrimitiveView | undefined): string {
  const now = formatHundredths(is.confidence);
  if (sign === "removed") return versionsText.was(now);
  const then = was ? formatHundredths(was.confidence) : now;
  return then === now ? now : versionsText.confidenceChange(then, now);
}
