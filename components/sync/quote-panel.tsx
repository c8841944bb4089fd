"use client";

import { useCommands } from "@/components/palette/commands";
import { finishDeletions } from "@/components/sources/use-deletions";
import { syncText } from "@/components/strings/sync";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { FactsList, type Fact } from "@/components/ui/facts-list";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import type { SyncQuote } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { formatCount } from "@/lib/format";
import { StartProblem } from "./sync-problem";
import { useStartSync, useSyncQuote } from "./use-sync";

type QuotePanelProps = { face: FaceView; pending: number; doomedWaiting: number };

/** What the next sync takes at most, and the button that starts it. */
export function QuotePanel({ face, pending, doomedWaiting }: QuotePanelProps) {
  const quote = useSyncQuote(face.username, true);
  const start = useStartSync(face.username);
  const label = labelOf(quote.data, pending);
  const canStart = quote.data !== undefined && !start.isPending && doomedWaiting === 0;
  useCommands(
    canStart
      ? [
          {
            id: "sync.start",
            label: syncText.syncOf(label, face.name ?? face.username),
            group: "do",
            run: () => start.mutate(),
          },
        ]
      : [],
  );

  return (
    <Panel title={syncText.waiting} label={syncText.priceLabel}>
      {quote.data ? (
        <FactsList facts={quoteFacts(quote.data)} />
      ) : quote.error ? (
        <ApiErrorBlock title={syncText.noPrice} error={quote.error} onRetry={() => void quote.refetch()} />
      ) : (
        <div className="grid h-17 content-between py-1">
          <Skeleton />
          <Skeleton />
          <Skeleton />
        </div>
      )}
      {start.error ? <StartProblem error={start.error} /> : null}
      {doomedWaiting > 0 ? (
        <div className="grid gap-2">
          <p className="text-2 text-ink-2">{syncText.deletingFirst(doomedWaiting)}</p>
          <Button onClick={() => void finishDeletions(face.username)}>{syncText.deleteNow}</Button>
        </div>
      ) : (
        <Button
          look="primary"
          className="h-auto w-full whitespace-normal"
          disabled={!canStart}
          onClick={() => start.mutate()}
        >
          {start.isPending ? syncText.starting : label}
        </Button>
      )}
      <p className="text-1 text-ink-3">{syncText.binding}</p>
    </Panel>
  );
}

function labelOf(quote: SyncQuote | undefined, pending: number): string {
  if (quote === undefined) return syncText.sync(pending);
  return quote.cost_usd_max > 0
    ? syncText.syncAtMost(quote.documents, quote.cost_usd_max)
    : syncText.syncFromQuota(quote.documents);
}

function quoteFacts(quote: SyncQuote): Fact[] {
  return [
    { label: syncText.texts(quote.documents), value: syncText.tokens(quote.tokens_estimated) },
    { label: syncText.fromQuota, value: formatCount(quote.tokens_from_quota) },
    ...(quote.tokens_on_credit > 0 ? [{ label: syncText.pastQuota, value: formatCount(quote.tokens_on_credit) }] : []),
    { label: syncText.creditAtMost, value: syncText.atMost(quote.cost_usd_max), isStrong: true },
  ];
}
