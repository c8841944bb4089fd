"use client";

import { FileText } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { useCommands } from "@/components/palette/commands";
import { sourcesText } from "@/components/strings/sources";
import { SyncPanel } from "@/components/sync/sync-panel";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useUrlState } from "@/components/ui/use-url-state";
import type { DocumentView } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { AddSources, type WayIn } from "./add-sources";
import { DocumentList } from "./document-list";
import { Findings } from "./findings";
import { LoadingReader } from "./loading-reader";
import { useDeletions } from "./use-deletions";
import { useDocuments } from "./use-documents";
import { useUploads } from "./use-uploads";

const DocumentReader = dynamic(() => import("./document-reader").then((module) => module.DocumentReader), {
  loading: LoadingReader,
});

/** What a face is compiled from, and the compiling of it; or one of the texts to read. */
export function SourcesTab({ face }: { face: FaceView }) {
  const [open] = useUrlState("document");
  return open === "" ? <AllSources face={face} /> : <DocumentReader key={open} face={face} id={open} />;
}

function AllSources({ face }: { face: FaceView }) {
  const documents = useDocuments(face.username, face.sync_status === "syncing");
  const uploading = useUploads(face.username);
  const deletions = useDeletions(face.username);
  const [way, setWay] = useState<WayIn | null>(null);
  const left = documents.data?.filter(({ id }) => !deletions.doomed.has(id));
  const doomedWaiting = deletions.pending.flatMap((each) => each.documents).filter(({ isWaiting }) => isWaiting).length;
  const waiting = left?.filter(({ status }) => status === "pending" || status === "syncing").length;
  // until the list is here, the face itself tells
  const pending = waiting ?? face.document_counts.pending;
  const isSyncFirst = pending + doomedWaiting > 0 || face.sync_status === "syncing";
  const silent = left?.filter(isSilent).length ?? 0;
  const asksName = left?.some(({ notes }) => notes.some(({ code }) => code.startsWith("needs_"))) ?? false;
  useSourceCommands(face, { onWay: setWay, undo: deletions.pending.length > 0 ? deletions.undoLast : null });

  return (
    <div className="grid items-start gap-6 wide:grid-cols-[minmax(0,1fr)_336px] wide:gap-10">
      <div className="grid min-w-0 gap-6">
        {face.is_sample ? null : (
          <AddSources face={face} uploading={uploading} asksName={asksName} way={way} onWay={setWay} />
        )}
        {documents.error ? (
          <ApiErrorBlock
            title={sourcesText.textsUnloaded}
            error={documents.error}
            onRetry={() => void documents.refetch()}
          />
        ) : null}
        {documents.isPending ? <LoadingDocuments /> : null}
        {left && left.length > 0 ? <DocumentList face={face} documents={left} onDelete={deletions.remove} /> : null}
        {left ? <Findings face={face} documents={left} /> : null}
        {left?.length === 0 && uploading.uploads.length === 0 ? (
          <EmptyState
            figure={<Fingerprint data={{}} size={96} title={sourcesText.emptyFigure} />}
            title={sourcesText.emptyTitle}
            action={
              <Button onClick={() => setWay("paste")}>
                <FileText size={16} strokeWidth={1.75} aria-hidden />
                {sourcesText.paste}
              </Button>
            }
          >
            {sourcesText.emptyNote(face.name ?? face.username)}
          </EmptyState>
        ) : null}
      </div>
      <aside
        aria-label={sourcesText.syncPanel}
        className={cn("grid gap-6 empty:hidden wide:sticky wide:top-6 wide:order-none", isSyncFirst && "order-first")}
      >
        {face.is_sample ? (
          <p className="text-2 text-ink-3">{sourcesText.sampleNote}</p>
        ) : (
          <SyncPanel face={face} pending={pending} doomedWaiting={doomedWaiting} silent={silent} />
        )}
      </aside>
    </div>
  );
}

/** A recording that could not be transcribed. */
const isSilent = ({ status, format, token_count }: DocumentView): boolean =>
  status === "failed" && format === "recording" && token_count === 0;

type SourceCommands = { onWay: (way: WayIn) => void; undo: (() => void) | null };

function useSourceCommands(face: FaceView, { onWay, undo }: SourceCommands): void {
  const ways = [
    { id: "sources.paste", label: sourcesText.paste, way: "paste" },
    { id: "sources.link", label: sourcesText.fromLink, way: "link" },
    { id: "sources.record", label: sourcesText.record, way: "record" },
  ] as const;
  useCommands([
    ...(face.is_sample
      ? []
      : ways.map(({ id, label, way }) => ({ id, label, group: "do" as const, run: () => onWay(way) }))),
    ...(undo === null
      ? []
      : [
          {
            id: "sources.undo",
            label: sourcesText.undoDeletion,
            group: "do" as const,
            shortcut: "z",
            run: undo,
          },
        ]),
  ]);
}

function LoadingDocuments() {
  return (
    <div role="status" aria-label={sourcesText.loadingTexts} className="border-y border-line">
      {[1, 2, 3].map((row) => (
        <div key={row} className="grid h-15 content-center gap-2 border-t border-line first:border-t-0">
          <Skeleton className="w-48" />
          <Skeleton className="h-2.5 w-32" />
        </div>
      ))}
    </div>
  );
}
