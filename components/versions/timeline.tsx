"use client";

import { describeCounts, sumOf } from "@/components/fingerprint/components";
import { versionsText } from "@/components/strings/versions";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useNow } from "@/components/ui/use-now";
import { formatAgo, formatCount } from "@/lib/format";
import type { VersionView } from "./wire";

type TimelineProps = {
  versions: readonly VersionView[];
  from: number | null;
  to: number;
  onShow: (number: number) => void;
  onEarlier: (() => void) | null;
};

/** The versions in their order, the newest at the top; a dot for each, filled for the one that is shown. */
export function Timeline({ versions, from, to, onShow, onEarlier }: TimelineProps) {
  return (
    <section aria-labelledby="timeline" className="min-w-0">
      <h2 id="timeline" className="mb-2 flex items-baseline gap-2">
        {versionsText.title}
        <span className="num text-2 font-text text-ink-3">{formatCount(versions[0]?.number ?? 0)}</span>
      </h2>
      <ol className="max-h-80 overflow-y-auto wide:max-h-[calc(100dvh-200px)]">
        {versions.map((version, at) => (
          <li key={version.number} className="relative">
            {at < versions.length - 1 ? (
              <span aria-hidden className="absolute top-6 bottom-[-14px] left-[11px] w-px bg-line-2" />
            ) : null}
            <VersionRow
              version={version}
              isShown={version.number === to}
              isCompared={version.number === from}
              onShow={() => onShow(version.number)}
            />
          </li>
        ))}
      </ol>
      {onEarlier ? (
        <Button look="ghost" className="mt-2" onClick={onEarlier}>
          {versionsText.earlier}
        </Button>
      ) : null}
    </section>
  );
}

type VersionRowProps = { version: VersionView; isShown: boolean; isCompared: boolean; onShow: () => void };

function VersionRow({ version, isShown, isCompared, onShow }: VersionRowProps) {
  const now = useNow();
  return (
    <button
      type="button"
      onClick={onShow}
      aria-pressed={isShown}
      title={describeCounts(version.counts)}
      className={cn(
        "relative grid w-full grid-cols-[8px_minmax(0,1fr)] gap-x-3 rounded-2 px-2 py-2.5 text-left -outline-offset-2 hover:bg-sunk",
        isShown && "bg-accent-soft",
      )}
    >
      <span
        aria-hidden
        className={cn(
          "mt-1.5 size-2 rounded-full border bg-bg",
          isShown ? "border-accent bg-accent" : isCompared ? "border-accent" : "border-control-line",
        )}
      />
      <span className="grid gap-0.5">
        <span className="flex items-baseline gap-2">
          <span className="num text-2 font-strong">{formatCount(version.number)}</span>
          {version.is_current ? <span className="text-1 text-ink-3">{versionsText.current}</span> : null}
          <span className="num ml-auto text-1 whitespace-nowrap text-ink-3">{formatAgo(version.created_at, now)}</span>
        </span>
        <span className="text-2 text-ink-2">{versionsText.row(reasonOf(version), sumOf(version.counts))}</span>
      </span>
    </button>
  );
}

function reasonOf({ reason, sources }: VersionView): string {
  return reason === "sync" ? versionsText.reasons.sync(sources.length) : versionsText.reasons[reason];
}
