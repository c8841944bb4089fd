"use client";

import { describeCounts, sumOf } from "@/components/fingerprint/components";
import { FaceFingerprint } from "@/components/faces/face-fingerprint";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { ErrorBlock } from "@/components/ui/error-block";
import { FactsList, type Fact } from "@/components/ui/facts-list";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import type { SyncQuote } from "@/lib/compile/schemas";
import { countOf, formatCount, formatUsdCeiling } from "@/lib/format";
import type { FaceView } from "@/lib/faces/schemas";
import { SyncProgressPanel } from "./sync-progress-panel";
import { useStartSync, useSyncQuote } from "./use-sync";

/** What the next sync costs, how the running one is getting on, or that nothing waits. */
export function SyncPanel({ face, pending }: { face: FaceView; pending: number }) {
  if (face.sync_status === "syncing") return <SyncProgressPanel face={face} />;
  return (
    <>
      {face.sync_status === "failed" || face.sync_status === "payment_required" ? <SyncProblem face={face} /> : null}
      {pending > 0 ? (
        <QuotePanel face={face} pending={pending} />
      ) : sumOf(face.component_counts) > 0 ? (
        <SyncedPanel face={face} />
      ) : null}
    </>
  );
}

function SyncProblem({ face }: { face: FaceView }) {
  const isUnpaid = face.sync_status === "payment_required";
  return (
    <ErrorBlock title={isUnpaid ? "The sync stopped: quota and credit are used up" : "The last sync failed"}>
      {face.sync.error ?? "No reason was recorded."} What was compiled is kept.
      {isUnpaid ? " It goes on where it stopped once there is credit or quota again." : ""}
    </ErrorBlock>
  );
}

function QuotePanel({ face, pending }: { face: FaceView; pending: number }) {
  const quote = useSyncQuote(face.username, true);
  const start = useStartSync(face.username);
  const documents = quote.data?.documents ?? pending;
  const label = quote.data
    ? `Sync ${countOf(documents, "text")}, ${quote.data.cost_usd_max > 0 ? `at most ${formatUsdCeiling(quote.data.cost_usd_max)}` : "from your quota"}`
    : `Sync ${countOf(documents, "text")}`;

  return (
    <Panel title="Waiting for you" label="Price of the next sync">
      {quote.data ? (
        <FactsList facts={quoteFacts(quote.data)} />
      ) : quote.error ? (
        <ApiErrorBlock
          title="The price could not be worked out"
          error={quote.error}
          onRetry={() => void quote.refetch()}
        />
      ) : (
        <div className="grid h-23 content-between py-1">
          <Skeleton />
          <Skeleton />
          <Skeleton />
        </div>
      )}
      {start.error ? <ApiErrorBlock title="The sync did not start" error={start.error} /> : null}
      <Button
        look="primary"
        className="w-full"
        disabled={!quote.data || start.isPending}
        onClick={() => start.mutate()}
      >
        {start.isPending ? "Starting…" : label}
      </Button>
      <p className="text-1 text-ink-3">Token counts are estimates; the charge never goes above the quote.</p>
    </Panel>
  );
}

function quoteFacts(quote: SyncQuote): Fact[] {
  return [
    { label: countOf(quote.documents, "text"), value: `${formatCount(quote.tokens_estimated)} tokens` },
    { label: "From your quota", value: formatCount(quote.tokens_from_quota) },
    ...(quote.tokens_on_credit > 0
      ? [{ label: "Past the quota, on credit", value: formatCount(quote.tokens_on_credit) }]
      : []),
    { label: "Credit, at most", value: formatUsdCeiling(quote.cost_usd_max), isStrong: true },
  ];
}

function SyncedPanel({ face }: { face: FaceView }) {
  return (
    <Panel title="In sync">
      <div className="grid place-items-center py-1">
        <FaceFingerprint face={face} size={184} isNamed />
      </div>
      <p className="text-2 text-ink-2">
        {countOf(sumOf(face.component_counts), "statement")}: {describeCounts(face.component_counts)}. Every text is
        compiled.
      </p>
    </Panel>
  );
}
