"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";
import { RingKey } from "@/components/fingerprint/ring-key";
import { unwrapLines } from "@/components/primitives/excerpt";
import { useDocuments } from "@/components/sources/use-documents";
import { chatText } from "@/components/strings/chat";
import { cn } from "@/components/ui/cn";
import type { FaceView } from "@/lib/faces/schemas";
import { formatHundredths } from "@/lib/format";
import type { TraceItem } from "./wire";

type TraceRowProps = {
  item: TraceItem;
  face: Pick<FaceView, "username">;
  /** of the quotes in the answer that stand in it */
  number: number | null;
  isPointedAt: boolean;
};

/** One piece that went in: what is stated, the sentence it rests on, and where that stands. */
export function TraceRow({ item, face, number, isPointedAt }: TraceRowProps) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isPointedAt) row.current?.scrollIntoView({ block: "nearest" });
  }, [isPointedAt]);
  if (item.is_removed)
    return <li className="border-t border-line py-3 text-2 text-ink-3 first:border-t-0">{chatText.wasDeleted}</li>;
  const source = item.provenance[0];
  const isStatement = item.kind === "primitive";
  const quote = unwrapLines((isStatement ? source?.quote : item.text) ?? "");
  return (
    <li
      ref={row}
      aria-current={isPointedAt ? "true" : undefined}
      className="flex items-start gap-3 border-t border-line py-3 first:border-t-0"
    >
      {number === null ? null : (
        <span
          className={cn(
            "num mt-0.5 inline-grid h-5 min-w-5 place-items-center rounded-1 px-1 text-1 font-strong",
            isPointedAt ? "bg-accent-soft text-accent" : "bg-sunk-2 text-ink-2",
          )}
        >
          {number}
        </span>
      )}
      <div className="grid min-w-0 flex-1 gap-1">
        <div className="flex items-start gap-2 text-2">
          {item.component ? <RingKey component={item.component} className="mt-[3px]" /> : null}
          {isStatement ? (
            <Link
              href={`/faces/${face.username}?tab=primitives&p=${item.id}`}
              className="flex-1 font-strong text-ink no-underline hover:underline"
            >
              {item.text}
            </Link>
          ) : (
            <span className="flex-1 text-ink-3">{chatText.fromText}</span>
          )}
          {item.part === "found" ? (
            <span className="num text-ink-3">
              <span aria-hidden>{formatHundredths(item.score)}</span>
              <span className="sr-only">{chatText.score(formatHundredths(item.score))}</span>
            </span>
          ) : null}
        </div>
        {quote ? (
          <p
            className="quote border-l-2 border-line-2 pl-3 [overflow-wrap:anywhere] whitespace-pre-line"
            style={item.component ? { borderColor: `var(--${item.component})` } : undefined}
          >
            {quote}
          </p>
        ) : null}
        {source ? <SourceLink face={face.username} item={item} documentId={source.document_id} /> : null}
      </div>
    </li>
  );
}

type SourceLinkProps = { face: string; item: TraceItem; documentId: string };

/** The text that a quote stands in; that of a statement opens at these words. */
function SourceLink({ face, item, documentId }: SourceLinkProps) {
  const documents = useDocuments(face, false);
  const label = documents.data?.find(({ id }) => id === documentId)?.label;
  if (!label) return null;
  const place =
    item.kind === "primitive" ? `tab=primitives&p=${item.id}` : `tab=sources&q=${encodeURIComponent(label)}`;
  return (
    <Link
      href={`/faces/${face}?${place}`}
      aria-label={chatText.openSource(label)}
      className="min-w-0 justify-self-start truncate text-1 text-ink-3 no-underline hover:text-ink hover:underline"
    >
      {label}
    </Link>
  );
}
