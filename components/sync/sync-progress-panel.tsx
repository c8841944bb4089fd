"use client";

import { Check, Circle, LoaderCircle } from "lucide-react";
import { FaceFingerprint } from "@/components/faces/face-fingerprint";
import { emptyCounts, sumOf, type ComponentCounts } from "@/components/fingerprint/components";
import { fingerprintOfCounts } from "@/components/fingerprint/fingerprint-data";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { FactsList } from "@/components/ui/facts-list";
import { Meter } from "@/components/ui/meter";
import { Panel } from "@/components/ui/panel";
import { countOf, formatCount, formatDuration } from "@/lib/format";
import type { FaceView, SyncProgress } from "@/lib/faces/schemas";
import { useCancelSync, useSyncProgress } from "./use-sync";

/** The running sync: its rings close as chunks finish. */
export function SyncProgressPanel({ face }: { face: FaceView }) {
  const live = useSyncProgress(face.username, true);
  const cancel = useCancelSync(face.username);
  const progress = live ?? progressOf(face);
  const share = progress.chunks_total > 0 ? progress.chunks_completed / progress.chunks_total : 0;

  return (
    <Panel
      title={progress.documents > 0 ? `Syncing ${countOf(progress.documents, "text")}` : "Syncing"}
      label="Sync in progress"
      aside={
        <Button look="ghost" className="-mr-3" disabled={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </Button>
      }
    >
      <div className="grid place-items-center pt-1 pb-2">
        <FaceFingerprint face={growing(face, progress)} size={184} progress={Math.max(0.04, share)} />
      </div>
      <div>
        <p className="num flex items-baseline justify-between">
          <span className="text-4 font-title">{Math.floor(share * 100)}%</span>
          <span className="text-2 text-ink-3">
            {progress.eta_seconds === null ? "" : `about ${formatDuration(progress.eta_seconds)} left`}
          </span>
        </p>
        <Meter
          value={progress.chunks_completed}
          max={progress.chunks_total}
          label="Chunks compiled"
          tone="accent"
          className="mt-1"
        />
      </div>
      <Stages progress={progress} />
      <FactsList
        className="border-t border-line pt-3"
        facts={[
          {
            label: "Tokens so far",
            value:
              progress.tokens_total > 0
                ? `${formatCount(progress.tokens_charged)} of ${formatCount(progress.tokens_total)}`
                : formatCount(progress.tokens_charged),
          },
          { label: "Statements found", value: formatCount(progress.statements) },
        ]}
      />
      {cancel.error ? <ApiErrorBlock title="The sync was not cancelled" error={cancel.error} /> : null}
      <p className="text-1 text-ink-3">You can leave this page; the sync goes on. Cancelling keeps what is done.</p>
    </Panel>
  );
}

const stages: { stage: SyncProgress["stage"]; label: string }[] = [
  { stage: "queued", label: "Wait for a free worker" },
  { stage: "reading", label: "Read and split" },
  { stage: "extracting", label: "Extract statements" },
  { stage: "linking", label: "Merge and find tensions" },
];

function Stages({ progress }: { progress: SyncProgress }) {
  const current = progress.stage === "done" ? stages.length : stages.findIndex(({ stage }) => stage === progress.stage);
  return (
    <ol className="grid text-2" aria-live="polite">
      {stages.map(({ stage, label }, index) => {
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
            <span>{label}</span>
            {stage === "extracting" && index <= current ? (
              <span className="num">
                {progress.chunks_completed} of {progress.chunks_total}
              </span>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

/** What the face itself says of its sync, until the stream is open. */
function progressOf(face: FaceView): SyncProgress {
  const known = stages.find(({ stage }) => stage === face.sync.stage)?.stage ?? "queued";
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
