"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { RingKey } from "@/components/fingerprint/ring-key";
import { useDocuments } from "@/components/sources/use-documents";
import { unwrapLines } from "@/components/primitives/excerpt";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { type Fact, FactsList } from "@/components/ui/facts-list";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import { countOf, formatCount, formatUsd } from "@/lib/format";
import type { FaceView } from "@/lib/faces/schemas";
import { useTrace } from "./use-trace";
import type { TraceItem, TraceView } from "./wire";

type TracePanelProps = { id: string; face: FaceView; onClose: () => void };

/** What really went into one answer, best first, with the sentences it comes from. */
export function TracePanel({ id, face, onClose }: TracePanelProps) {
  const trace = useTrace(id);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // Whoever opened it by keyboard goes on inside it, and back to the answer when it closes.
    const opener = document.activeElement;
    if (!(opener instanceof HTMLElement) || opener === document.body) return;
    panel.current?.focus({ preventScroll: true });
    return () => opener.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) onClose();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [onClose]);

  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label="What this answer rests on"
      className="flex outline-none min-h-0 flex-col bg-bg max-wide:fixed max-wide:inset-0 max-wide:z-40 wide:border-l wide:border-line"
    >
      <header className="flex min-h-14 items-center border-b border-line px-4 wide:px-5">
        <h2 className="mr-auto">What this rests on</h2>
        <IconButton label="Close" onClick={onClose} hasTooltip={false}>
          <X size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </header>
      <div className="grid min-h-0 content-start gap-4 overflow-y-auto px-4 pt-4 pb-6 wide:px-5">
        {trace.error ? (
          <ApiErrorBlock
            title="The trace could not be loaded"
            error={trace.error}
            onRetry={() => void trace.refetch()}
          />
        ) : null}
        {trace.isPending ? <LoadingTrace /> : null}
        {trace.data ? <LoadedTrace trace={trace.data} face={face} /> : null}
      </div>
    </aside>
  );
}

/** As many as one reads; the rest on request. */
const shownFirst = 5;

function LoadedTrace({ trace, face }: { trace: TraceView; face: FaceView }) {
  const [isAll, setIsAll] = useState(false);
  const found = trace.items.filter((item) => item.part === "found");
  const core = trace.items.filter((item) => item.part === "core");
  const items = isAll ? found : found.slice(0, shownFirst);
  const hidden = found.length - items.length;
  const firstByteMs = trace.timings?.["first_byte_ms"];
  return (
    <>
      <p className="text-2 text-ink-2">
        {found.length === 0
          ? "Nothing the face has said bore on this question; only its facts and what is part of every conversation went in."
          : `${countOf(found.length, "piece")} went in, chosen for this question, best first. What is set in serif was written or said; the higher the number, the better it fits.`}
      </p>
      {items.length > 0 ? (
        <ol className="border-y border-line">
          {items.map((item) => (
            <TraceRow key={item.id} item={item} face={face} />
          ))}
        </ol>
      ) : null}
      {hidden > 0 ? (
        <Button look="ghost" className="-mt-2 -ml-3 justify-self-start" onClick={() => setIsAll(true)}>
          {formatCount(hidden)} more
        </Button>
      ) : null}
      {core.length > 0 ? (
        <details className="text-2">
          <summary className="py-1 font-strong">In every conversation, {core.length}</summary>
          <ol className="border-y border-line">
            {core.map((item) => (
              <TraceRow key={item.id} item={item} face={face} />
            ))}
          </ol>
        </details>
      ) : null}
      <section className="grid gap-2">
        <h3>What it used</h3>
        <FactsList
          facts={[
            { label: "Model", value: trace.model },
            ...inputFacts(trace.tokens),
            { label: "Answer", value: countOf(trace.tokens.output, "token") },
            ...(firstByteMs ? [{ label: "First word after", value: `${(firstByteMs / 1000).toFixed(2)} s` }] : []),
            { label: "Price", value: formatUsd(trace.cost_usd), isStrong: true },
          ]}
        />
      </section>
      <p className="flex items-center gap-1.5 text-1 text-ink-3">
        Trace <code className="truncate">{trace.id}</code>
        <CopyButton text={trace.id} label="Copy the trace id" />
      </p>
    </>
  );
}

/** In the order of the prompt. */
const partLabels = [
  ["instructions", "Instructions"],
  ["facts", "Facts"],
  ["voice", "Voice"],
  ["core", "In every conversation"],
  ["found", "Chosen for this question"],
  ["profiles", "Other faces it names"],
  ["messages", "The conversation"],
] as const;

/** What the input consists of, then all of it. */
function inputFacts({ persona, input, parts }: TraceView["tokens"]): Fact[] {
  const told: Fact[] = parts
    ? partLabels.flatMap(([part, label]) => (parts[part] ? [{ label, value: countOf(parts[part], "token") }] : []))
    : [{ label: "Persona", value: countOf(persona, "token") }];
  return [...told, { label: "All input", value: countOf(input, "token") }];
}

function TraceRow({ item, face }: { item: TraceItem; face: FaceView }) {
  const documents = useDocuments(face.username, false);
  const source = item.provenance[0];
  const label = documents.data?.find((document) => document.id === source?.document_id)?.label;
  const isStatement = item.kind === "primitive";
  if (item.is_removed)
    return (
      <li className="border-t border-line py-3 text-2 text-ink-3 first:border-t-0">From a text that was deleted</li>
    );
  return (
    <li className="grid gap-1 border-t border-line py-3 first:border-t-0">
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
          <span className="flex-1 text-ink-3">From the text itself</span>
        )}
        {item.part === "found" ? <span className="num text-ink-3">{item.score.toFixed(2)}</span> : null}
      </div>
      {source || !isStatement ? (
        <p
          className="quote border-l-2 border-line-2 pl-3 whitespace-pre-line"
          style={item.component ? { borderColor: `var(--${item.component})` } : undefined}
        >
          {unwrapLines((isStatement ? source?.quote : item.text) ?? "")}
        </p>
      ) : null}
      {label ? <span className="text-1 text-ink-3">{label}</span> : null}
    </li>
  );
}

function LoadingTrace() {
  return (
    <div role="status" aria-label="Loading the trace" className="grid gap-3">
      {[1, 2, 3].map((row) => (
        <div key={row} className="grid gap-2 py-2">
          <Skeleton />
          <Skeleton className="w-4/5" />
        </div>
      ))}
    </div>
  );
}
