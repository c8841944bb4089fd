"use client";

import { toast } from "@/components/ui/toast";
import { FaceFingerprint } from "@/components/faces/face-fingerprint";
import { describeCounts, sumOf } from "@/components/fingerprint/components";
import { syncText } from "@/components/strings/sync";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Panel } from "@/components/ui/panel";
import type { FaceView } from "@/lib/faces/schemas";
import { LastSyncPanel } from "./last-sync-panel";
import { QuotePanel } from "./quote-panel";
import { SyncProblem } from "./sync-problem";
import { SyncProgressPanel } from "./sync-progress-panel";
import { useStartSync } from "./use-sync";

type SyncPanelProps = {
  face: FaceView;
  /** texts that wait to be compiled, those of a running sync among them */
  pending: number;
  /** of them, those that are deleted and may still be taken back */
  doomedWaiting: number;
  /** recordings whose text could not be had */
  silent: number;
};

/** What the next sync costs, how the running one is getting on, or what the last one did. */
export function SyncPanel({ face, pending, doomedWaiting, silent }: SyncPanelProps) {
  if (face.sync_status === "syncing") return <SyncProgressPanel face={face} pending={pending} />;
  const isStopped = face.sync_status === "failed" || face.sync_status === "payment_required";
  return (
    <>
      {isStopped && pending > 0 ? <SyncProblem face={face} /> : null}
      {pending + doomedWaiting > 0 ? (
        <QuotePanel face={face} pending={pending} doomedWaiting={doomedWaiting} />
      ) : sumOf(face.component_counts) > 0 ? (
        <SyncedPanel face={face} />
      ) : null}
      {silent > 0 && pending === 0 ? <RecordingsPanel face={face} count={silent} /> : null}
      <div className={cn("empty:hidden", pending + doomedWaiting > 0 && "hidden wide:block")}>
        <LastSyncPanel face={face} />
      </div>
    </>
  );
}

/** A sync takes up recordings too; without waiting texts nothing else would. */
function RecordingsPanel({ face, count }: { face: FaceView; count: number }) {
  const start = useStartSync(face.username);
  return (
    <Panel title={syncText.recordings(count)}>
      <p className="text-2 text-ink-2">{syncText.recordingsNote}</p>
      {start.error ? <ApiErrorBlock title={syncText.notTranscribed} error={start.error} /> : null}
      <Button
        disabled={start.isPending}
        onClick={() => start.mutate(undefined, { onSuccess: () => toast(syncText.asked) })}
      >
        {start.isPending ? syncText.transcribing : syncText.transcribe(count)}
      </Button>
    </Panel>
  );
}

function SyncedPanel({ face }: { face: FaceView }) {
  return (
    <Panel title={syncText.inSync}>
      <div className="grid place-items-center py-1">
        <FaceFingerprint face={face} size={184} isNamed />
      </div>
      <p className="text-2 text-ink-2">
        {syncText.everyText(sumOf(face.component_counts), describeCounts(face.component_counts))}
      </p>
    </Panel>
  );
}
