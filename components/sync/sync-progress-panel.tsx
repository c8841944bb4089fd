"use client";

import { Check, Circle, LoaderCircle } from "lucide-react";
import { FaceFingerprint } from "@/components/faces/face-fingerprint";
import { emptyCounts, sumOf, type ComponentCounts } from "@/components/fingerprint/components";
import { fingerprintOfCounts } from "@/components/fingerprint/fingerprint-data";
import { useCommands } from "@/components/palette/commands";
import { syncText } from "@/components/strings/sync";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { FactsList } from "@/components/ui/facts-list";
import { Meter } from "@/components/ui/meter";
import { Panel } from "@/components/ui/panel";
import { formatCount } from "@/lib/format";
import type { FaceView, SyncProgress } from "@/lib/faces/schemas";
import { useCancelSync, useSyncProgress } from "./use-sync";

/** The running sync: its rings close as chunks finish. */
export function SyncProgressPanel({ face, pending }: { face: FaceView; pending: number }) {
  const live = useSyncProgress(face.username, true);
  const cancel = useCancelSync(face.username);
  const progress = live.progress ?? progressOf(face);
  const more = live.progress === null ? 0 : pending - progress.documents;
  const share = progress.chunks_total > 0 ? progress.chunks_completed / progress.chunks_total : 0;
  useCommands([{ id: "sync.cancel", label: syncText.cancelSync, group: "do", run: () => cancel.mutate() }]);

  return (
    <Panel
      title={progress.documents > 0 ? syncText.syncingTexts(progress.documents) : syncText.syncing}
      label={syncText.inProgress}
      aside={
        <Button look="ghost" className="-mr-3" disabled={cancel.isPending} onClick={() => cancel.mutate()}>
          {syncText.cancel}
        </Button>
      }
    >
      <div className="grid place-items-center pt-1 pb-2">
        <FaceFingerprint face={growing(face, progress)} size={184} progress={Math.max(0.04, share)} />
      </div>
      <div>
        <p className="num flex items-baseline justify-between">
          <span className="text-4 font-title">{syncText.percent(share)}</span>
          <span className="text-2 text-ink-3">{progress.eta_seconds ? syncText.left(progress.eta_seconds) : ""}</span>
        </p>
        <Meter
          value={progress.chunks_completed}
          max={progress.chunks_total}
          label={syncText.chunksCompiled}
          tone="accent"
          className="mt-1"
        />
      </div>
      <Stages progress={progress} />
      <FactsList
        className="border-t border-line pt-3"
        facts={[
          {
            label: syncText.tokensSoFar,
            value:
              progress.tokens_total > 0
                ? syncText.tokensOf(progress.tokens_charged, progress.tokens_total)
                : formatCount(progress.tokens_charged),
          },
          ...(progress.tokens_from_quota === undefined
            ? []
            : [{ label: syncText.fromQuota, value: formatCount(progress.tokens_from_quota) }]),
          ...(progress.cost_usd === undefined
            ? []
            : [{ label: syncText.costSoFar, value: syncText.usd(progress.cost_usd) }]),
          // what the face tells without the stream counts none
          ...(live.progress === null ? [] : [{ label: syncText.found, value: formatCount(progress.statements) }]),
        ]}
      />
      {cancel.error ? <ApiErrorBlock title={syncText.notCancelled} error={cancel.error} /> : null}
      {more > 0 ? <p className="text-2 text-ink-2">{syncText.moreWait(more)}</p> : null}
      {live.isPolling ? <p className="text-1 text-ink-2">{syncText.isPolling}</p> : null}
      <p className="text-1 text-ink-3">{syncText.mayLeave}</p>
    </Panel>
  );
}

const stages = ["queued", "reading", "extracting", "linking"] as const;

function Stages({ progress }: { progress: SyncProgress }) {
  const current = progress.stage === "done" ? stages.length : stages.findIndex((stage) => stage === progress.stage);
  return (
    <ol className="grid text-2" aria-live="polite">
      {stages.map((stage, index) => {
        const isCurrent = index === current;
        const Icon = index < current ? Check : isCurrent ? LoaderCircle : Circle;
        return (
          <li
            key={stage}
            aria-current={isCurrent ? "step" : undefined}
            className={cn(
              "grid grid-cols-[16px_1fr_auto] items-center gap-2.5 py-1.5",
              isCurrent ? "font-strong text-accent" : index > current && "text-ink-3",
            )}
          >
            <Icon size={14} strokeWidth={1.75} aria-hidden className={isCurrent ? "turning" : undefined} />
            <span>{syncText.stages[stage]}</span>
            {stage === "extracting" && index <= current ? (
              <span className="num">{syncText.ofChunks(progress.chunks_completed, progress.chunks_total)}</span>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

/** What the face itself says of its sync, until the stream is open. */
function progressOf(face: FaceView): SyncProgress {
  const known = stages.find((stage) => stage === face.sync.stage) ?? "queued";
  return {
    stage: known,
    documents: face.document_counts.pending,
    chunks_total: face.sync.chunks_total,
    chunks_completed: face.sync.chunks_completed,
    tokens_total: 0,
    tokens_charged: face.sync.tokens_charged,
    statements: 0,
    eta_seconds: face.sync.eta_seconds,
    component_counts: {},
  };
}

/** A face that is compiled for the first time has no rings yet: it grows from what is counted so far. */
function growing(
  face: FaceView,
  progress: SyncProgress,
): Pick<FaceView, "fingerprint" | "component_counts" | "name" | "username"> {
  if (sumOf(face.component_counts) > 0) return face;
  const counts: ComponentCounts = { ...emptyCounts, ...progress.component_counts };
  const { alpha = [], beta = [], delta = [], epsilon = [] } = fingerprintOfCounts(counts);
  return { ...face, component_counts: counts, fingerprint: { alpha, beta, delta, epsilon } };
}
