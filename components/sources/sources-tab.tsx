"use client";

import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { SyncPanel } from "@/components/sync/sync-panel";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { FaceView } from "@/lib/faces/schemas";
import { AddSources } from "./add-sources";
import { DocumentList } from "./document-list";
import { Findings } from "./findings";
import { useDocuments } from "./use-documents";
import { useUploads } from "./use-uploads";

/** What a face is compiled from, and the compiling of it. */
export function SourcesTab({ face }: { face: FaceView }) {
  const documents = useDocuments(face.username, face.sync_status === "syncing");
  const uploading = useUploads(face.username);
  const pending = documents.data?.filter((document) => document.status === "pending").length ?? 0;

  return (
    <div className="grid items-start gap-6 wide:grid-cols-[minmax(0,1fr)_336px] wide:gap-10">
      <div className="grid min-w-0 gap-6">
        {face.is_sample ? null : <AddSources face={face} uploading={uploading} />}
        {documents.error ? (
          <ApiErrorBlock
            title="The texts could not be loaded"
            error={documents.error}
            onRetry={() => void documents.refetch()}
          />
        ) : null}
        {documents.isPending ? <LoadingDocuments /> : null}
        {documents.data && documents.data.length > 0 ? <DocumentList face={face} documents={documents.data} /> : null}
        {documents.data ? <Findings face={face} documents={documents.data} /> : null}
        {documents.data?.length === 0 && uploading.uploads.length === 0 ? (
          <EmptyState
            figure={<Fingerprint data={{}} size={96} title="An empty fingerprint" />}
            title="Nothing to read yet"
          >
            {face.name ?? face.username} has no texts, so there is nothing to compile. A page of a journal is enough to
            begin.
          </EmptyState>
        ) : null}
      </div>
      <aside aria-label="Sync" className="order-first grid gap-6 empty:hidden wide:order-none">
        {face.is_sample ? (
          <p className="text-2 text-ink-3">
            The sample face came compiled. Its texts are here to read; nobody can change them.
          </p>
        ) : (
          <SyncPanel face={face} pending={pending} />
        )}
      </aside>
    </div>
  );
}

function LoadingDocuments() {
  return (
    <div role="status" aria-label="Loading the texts" className="border-y border-line">
      {[1, 2, 3].map((row) => (
        <div key={row} className="grid h-15 content-center gap-2 border-t border-line first:border-t-0">
          <Skeleton className="w-48" />
          <Skeleton className="h-2.5 w-32" />
        </div>
      ))}
    </div>
  );
}
