"use client";

import { X } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { chatText } from "@/components/strings/chat";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import type { FaceView } from "@/lib/faces/schemas";
import { ApiError } from "@/lib/http/fetch-json";
import { numberQuotes } from "./references";
import { TraceRow } from "./trace-row";
import { TraceUsage } from "./trace-usage";
import { builtinModel } from "./use-models";
import { useTrace } from "./use-trace";
import type { TraceItem, TraceView } from "./wire";

type TracePanelProps = {
  id: string;
  face: Pick<FaceView, "username">;
  /** the answer's words, when they are at hand: its quotes are found in what went in */
  content: string;
  /** the quote that was asked for; 0 is none */
  reference: number;
  onClose: () => void;
};

/** What really went into one answer, best first, with the sentences it comes from. */
export function TracePanel({ id, face, content, reference, onClose }: TracePanelProps) {
  const trace = useTrace(id);
  const panel = useRef<HTMLElement>(null);
  usePanelFocus(panel, onClose);
  const isGone = trace.error instanceof ApiError && trace.error.status === 404;

  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={chatText.whyTitle}
      className="flex min-h-0 flex-col bg-bg outline-none max-wide:fixed max-wide:inset-0 max-wide:z-40 wide:border-l wide:border-line"
    >
      <header className="flex min-h-14 items-center border-b border-line px-4 wide:px-5">
        <h2 className="mr-auto">{chatText.whyTitle}</h2>
        <IconButton label={chatText.close} onClick={onClose} hasTooltip={false}>
          <X size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </header>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] content-start gap-4 overflow-y-auto px-4 pt-4 pb-6 wide:px-5">
        {isGone ? (
          <div className="grid gap-1">
            <p className="font-strong">{chatText.traceGone}</p>
            <p className="text-2 text-ink-2">{chatText.traceGoneText}</p>
          </div>
        ) : trace.error ? (
          <ApiErrorBlock title={chatText.traceFailed} error={trace.error} onRetry={() => void trace.refetch()} />
        ) : null}
        {trace.isPending ? <LoadingTrace /> : null}
        {trace.data ? <LoadedTrace trace={trace.data} face={face} content={content} reference={reference} /> : null}
      </div>
    </aside>
  );
}

/** As many as one reads; the rest on request. */
const shownFirst = 5;

type LoadedTraceProps = Pick<TracePanelProps, "face" | "content" | "reference"> & { trace: TraceView };

function LoadedTrace({ trace, face, content, reference }: LoadedTraceProps) {
  const [isAll, setIsAll] = useState(false);
  const isQuoting = trace.model === builtinModel;
  const numbers = useMemo(
    () =>
      new Map(
        (isQuoting ? numberQuotes(content, trace.items).references : []).map(({ itemId, number }) => [itemId, number]),
      ),
    [isQuoting, content, trace.items],
  );
  const { cited, found, core } = sortedItems(trace.items, numbers);
  const first = cited.length > 0 ? cited : found.slice(0, shownFirst);
  const rest = cited.length > 0 ? found : found.slice(shownFirst);
  const row = (item: TraceItem) => (
    <TraceRow
      key={item.id}
      item={item}
      face={face}
      number={numbers.get(item.id) ?? null}
      isPointedAt={reference > 0 && numbers.get(item.id) === reference}
    />
  );
  return (
    <>
      <p className="text-2 text-ink-2">{leadOf(cited.length, cited.length + found.length, isQuoting)}</p>
      {first.length > 0 ? (
        <ol className="border-y border-line">{(isAll ? [...first, ...rest] : first).map(row)}</ol>
      ) : null}
      {rest.length > 0 && !isAll ? (
        <Button look="ghost" className="-mt-2 -ml-3 justify-self-start" onClick={() => setIsAll(true)}>
          {cited.length > 0 ? chatText.moreUncited(rest.length) : chatText.moreItems(rest.length)}
        </Button>
      ) : null}
      {core.length > 0 ? (
        <details className="text-2">
          <summary className="py-1 font-strong">{chatText.always(core.length)}</summary>
          <ol className="border-y border-line">{core.map(row)}</ol>
        </details>
      ) : null}
      <TraceUsage trace={trace} username={face.username} />
    </>
  );
}

/** What is quoted comes first, in the order of its numbers. */
function sortedItems(items: readonly TraceItem[], numbers: ReadonlyMap<string, number>) {
  const numberOf = ({ id }: TraceItem) => numbers.get(id) ?? 0;
  const cited = items.filter((item) => numberOf(item) > 0).sort((a, b) => numberOf(a) - numberOf(b));
  const others = items.filter((item) => numberOf(item) === 0);
  return {
    cited,
    found: others.filter(({ part }) => part === "found"),
    core: others.filter(({ part }) => part === "core"),
  };
}

function leadOf(cited: number, all: number, isQuoting: boolean): string {
  if (all === 0) return chatText.nothingFound;
  if (cited > 0) return chatText.cited(cited, all);
  return isQuoting ? chatText.wentIn(all) : `${chatText.wentIn(all)} ${chatText.uncitable}`;
}

/** Whoever opened it by keyboard goes on inside it, and back to the answer when it closes. */
function usePanelFocus(panel: RefObject<HTMLElement | null>, onClose: () => void): void {
  useEffect(() => {
    const opener = document.activeElement;
    if (!(opener instanceof HTMLElement) || opener === document.body) return;
    panel.current?.focus({ preventScroll: true });
    return () => opener.focus({ preventScroll: true });
  }, [panel]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("[role=dialog], [role=menu]"))
        return;
      event.preventDefault();
      onClose();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [onClose]);
}

function LoadingTrace() {
  return (
    <div role="status" aria-label={chatText.loadingTrace} className="grid gap-3">
      {[1, 2, 3].map((row) => (
        <div key={row} className="grid gap-2 py-2">
          <Skeleton />
          <Skeleton className="w-4/5" />
        </div>
      ))}
    </div>
  );
}
