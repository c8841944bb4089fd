"use client";

import { Minus, Pencil, Plus, RotateCcw } from "lucide-react";
import { useState, type ReactNode } from "react";
import { toast } from "sonner";
import { RingKey } from "@/components/fingerprint/ring-key";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { countOf, formatCount } from "@/lib/format";
import { useRestoreVersion, useVersionDiff } from "./use-versions";
import type { VersionDiff, VersionView } from "./wire";

type DiffViewProps = { face: FaceView; version: VersionView; before: VersionView | null };

/** A version: what it changed against the one before, which texts were in it, and the way back to it. */
export function DiffView({ face, version, before }: DiffViewProps) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <section aria-label={`Version ${version.number}`} className="grid min-w-0 gap-6">
      <header className="flex flex-wrap items-center gap-3">
        <h2 className="mr-auto">
          {before ? `What changed from version ${before.number} to ${version.number}` : `Version ${version.number}`}
        </h2>
        {version.is_current || face.is_sample ? null : (
          <Button onClick={() => setIsAsking(true)}>
            <RotateCcw size={16} strokeWidth={1.75} aria-hidden />
            Restore version {version.number}
          </Button>
        )}
      </header>
      {before ? (
        <Changes face={face} from={before.number} to={version.number} />
      ) : (
        <p className="text-2 text-ink-2">The first one: everything in it was new.</p>
      )}
      <Sources version={version} />
      <p className="text-2 text-ink-3">
        A call that names <code className="font-mono">{`${face.username}#${version.number}`}</code> as its model keeps
        to this version.
      </p>
      <RestoreDialog face={face} version={version} open={isAsking} onOpenChange={setIsAsking} />
    </section>
  );
}

function Changes({ face, from, to }: { face: FaceView; from: number; to: number }) {
  const diff = useVersionDiff(face.username, from, to);
  if (diff.error)
    return (
      <ApiErrorBlock title="The two could not be compared" error={diff.error} onRetry={() => void diff.refetch()} />
    );
  if (!diff.data)
    return (
      <div role="status" aria-label="Comparing" className="grid gap-4">
        <Skeleton />
        <Skeleton className="w-2/3" />
        <Skeleton />
      </div>
    );
  return <DiffList diff={diff.data} />;
}

const shownAtFirst = 30;

function DiffList({ diff }: { diff: VersionDiff }) {
  const [isWhole, setIsWhole] = useState(false);
  const rows = [
    ...diff.added.map((primitive) => <Row key={primitive.id} sign="added" primitive={primitive} />),
    ...diff.changed.map(({ before, after }) => <Row key={after.id} sign="changed" primitive={after} was={before} />),
    ...diff.removed.map((primitive) => <Row key={primitive.id} sign="removed" primitive={primitive} />),
  ];
  return (
    <div className="grid gap-3">
      <p className="num flex flex-wrap gap-x-5 text-2 text-ink-2">
        <span>{formatCount(diff.counts.added)} added</span>
        <span>{formatCount(diff.counts.changed)} changed</span>
        <span>{formatCount(diff.counts.removed)} removed</span>
      </p>
      {rows.length > 0 ? (
        <ul className="border-y border-line">{isWhole ? rows : rows.slice(0, shownAtFirst)}</ul>
      ) : (
        <p className="text-2 text-ink-2">No statement came, went or changed.</p>
      )}
      {rows.length > shownAtFirst && !isWhole ? (
        <Button look="ghost" className="-ml-3 justify-self-start" onClick={() => setIsWhole(true)}>
          Show {formatCount(rows.length)}
        </Button>
      ) : null}
    </div>
  );
}

const signs: Record<"added" | "changed" | "removed", { icon: typeof Plus; word: string }> = {
  added: { icon: Plus, word: "Added" },
  changed: { icon: Pencil, word: "Changed" },
  removed: { icon: Minus, word: "Removed" },
};

type RowProps = { sign: keyof typeof signs; primitive: PrimitiveView; was?: PrimitiveView };

function Row({ sign, primitive, was }: RowProps) {
  const { icon: Icon, word } = signs[sign];
  return (
    <li className="grid grid-cols-[16px_16px_minmax(0,1fr)_auto] items-start gap-x-3 border-t border-line py-2 first:border-t-0">
      <Icon size={14} strokeWidth={1.75} aria-label={word} className="mt-1" />
      <span className="mt-1">
        <RingKey component={primitive.component} />
      </span>
      <span className={sign === "removed" ? "text-ink-3 line-through" : ""}>
        {primitive.statement}
        {was && was.statement !== primitive.statement ? (
          <s className="block text-2 text-ink-3">{was.statement}</s>
        ) : null}
      </span>
      <span className="num text-1 text-ink-3">{sayConfidence(primitive, was)}</span>
    </li>
  );
}

function sayConfidence(primitive: PrimitiveView, was: PrimitiveView | undefined): ReactNode {
  const now = primitive.confidence.toFixed(2);
  const then = was?.confidence.toFixed(2) ?? now;
  return then === now ? now : `${then} → ${now}`;
}

function Sources({ version }: { version: VersionView }) {
  return (
    <section className="grid gap-2">
      <h3>Compiled from</h3>
      <ul className="border-y border-line text-2">
        {version.sources.map((source) => (
          <li key={source.document_id} className="flex gap-3 border-t border-line py-2 first:border-t-0">
            <span className={source.available ? "truncate" : "text-ink-3"}>
              {source.available ? (source.label ?? source.document_id) : "A text that was deleted since"}
            </span>
            {source.available ? (
              <span className="num ml-auto whitespace-nowrap text-ink-3">version {source.version}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

type RestoreDialogProps = {
  face: FaceView;
  version: VersionView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

function RestoreDialog({ face, version, open, onOpenChange }: RestoreDialogProps) {
  const restore = useRestoreVersion(face.username);
  const gone = version.sources.filter((source) => !source.available).length;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Restore version ${version.number}?`}
      description={
        <>
          The face becomes what it was then, as a new version. Texts added since stay in the list and wait to be synced.
          {gone > 0
            ? ` ${countOf(gone, "text")} of it ${gone === 1 ? "was" : "were"} deleted and cannot come back.`
            : ""}
        </>
      }
    >
      {restore.error ? <ApiErrorBlock title="It was not restored" error={restore.error} /> : null}
      <DialogActions>
        <Button
          look="primary"
          disabled={restore.isPending}
          onClick={() =>
            restore.mutate(version.number, {
              onSuccess: (made) => {
                toast(`Version ${version.number} is restored, as version ${made.number}.`);
                onOpenChange(false);
              },
            })
          }
        >
          {restore.isPending ? "Restoring…" : `Restore version ${version.number}`}
        </Button>
        <Button look="ghost" onClick={() => onOpenChange(false)}>
          Cancel
        </Button>
      </DialogActions>
    </Dialog>
  );
}
