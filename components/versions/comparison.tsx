"use client";

import { ArrowLeftRight, RotateCcw } from "lucide-react";
import { useState } from "react";
import { useCommands } from "@/components/palette/commands";
import { versionsText } from "@/components/strings/versions";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import type { FaceView } from "@/lib/faces/schemas";
import { DiffList } from "./diff-list";
import { DiffSummary } from "./diff-summary";
import { RestoreDialog } from "./restore-dialog";
import { useVersionDiff } from "./use-versions";
import { VersionModel } from "./version-model";
import { VersionSources } from "./version-sources";
import type { VersionView } from "./wire";

type ComparisonProps = {
  face: FaceView;
  versions: readonly VersionView[];
  from: number | null;
  to: number;
  onCompare: (from: number | null, to: number) => void;
};

/** What one version has that another has not, and the way back to either. */
export function Comparison({ face, versions, from, to, onCompare }: ComparisonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const shown = versions.find(({ number }) => number === to);
  // the older of the two, or the shown one when it is not what the face is now
  const past = shown?.is_current ? from : to;
  const restorable = versions.find(({ number }) => number === past);
  const canRestore = !face.is_sample && restorable !== undefined && !restorable.is_current;
  const swap = () => (from === null ? undefined : onCompare(to, from));
  useCommands([
    { id: "versions.swap", label: versionsText.commands.swap, group: "do", run: swap },
    ...(canRestore
      ? [
          {
            id: "versions.restore",
            label: versionsText.commands.restore,
            group: "do" as const,
            run: () => setIsAsking(true),
          },
        ]
      : []),
  ]);
  return (
    <section aria-labelledby="comparison" className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-6">
      <header className="flex flex-wrap items-center gap-2">
        <h2 id="comparison" className="mr-1">
          {versionsText.changed}
        </h2>
        <VersionSelect
          label={versionsText.from}
          versions={versions}
          value={from}
          onPick={(number) => onCompare(number, to)}
        />
        <IconButton label={versionsText.swap} disabled={from === null} onClick={swap}>
          <ArrowLeftRight size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <VersionSelect
          label={versionsText.to}
          versions={versions}
          value={to}
          onPick={(number) => onCompare(from, number)}
        />
        {canRestore ? (
          <Button className="ml-auto" onClick={() => setIsAsking(true)}>
            <RotateCcw size={16} strokeWidth={1.75} aria-hidden />
            {versionsText.restore(restorable.number)}
          </Button>
        ) : null}
      </header>
      <Changes face={face} from={from} to={to} />
      {shown ? <VersionSources version={shown} /> : null}
      <VersionModel username={face.username} number={to} />
      {restorable ? (
        <RestoreDialog
          face={face}
          version={restorable}
          current={versions.find(({ is_current }) => is_current)?.number ?? 0}
          open={isAsking}
          onOpenChange={setIsAsking}
        />
      ) : null}
    </section>
  );
}

type VersionSelectProps = {
  label: string;
  versions: readonly VersionView[];
  value: number | null;
  onPick: (number: number) => void;
};

function VersionSelect({ label, versions, value, onPick }: VersionSelectProps) {
  const isListed = value === null || versions.some(({ number }) => number === value);
  return (
    <Select
      aria-label={label}
      className="num w-auto"
      value={value ?? ""}
      disabled={value === null}
      onChange={(event) => onPick(Number(event.target.value))}
    >
      {isListed ? null : <option value={value}>{versionsText.option(value, false)}</option>}
      {versions.map(({ number, is_current }) => (
        <option key={number} value={number}>
          {versionsText.option(number, is_current)}
        </option>
      ))}
    </Select>
  );
}

function Changes({ face, from, to }: { face: FaceView; from: number | null; to: number }) {
  const diff = useVersionDiff(face.username, from ?? 0, to);
  if (from === null) return <p className="text-2 text-ink-2">{versionsText.first}</p>;
  if (from === to) return <p className="text-2 text-ink-2">{versionsText.same}</p>;
  if (diff.error)
    return <ApiErrorBlock title={versionsText.compareFailed} error={diff.error} onRetry={() => void diff.refetch()} />;
  if (!diff.data)
    return (
      <div role="status" aria-label={versionsText.comparing} className="grid gap-6 mid:grid-cols-[160px_minmax(0,1fr)]">
        <Skeleton className="size-40 rounded-full" />
        <div className="grid content-center gap-4">
          <Skeleton className="w-4/5" />
          <Skeleton className="w-2/5" />
        </div>
      </div>
    );
  return (
    <>
      <DiffSummary diff={diff.data} />
      <DiffList key={`${from} ${to}`} diff={diff.data} />
    </>
  );
}
