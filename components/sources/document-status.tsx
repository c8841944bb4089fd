import { sourcesText } from "@/components/strings/sources";
import { StatusLine } from "@/components/ui/status-line";
import type { DocumentView } from "@/lib/documents/schemas";

/** Where a text stands, in an icon and a word. @param isFaceSyncing one of its neighbours is being compiled */
export function DocumentStatus({ document, isFaceSyncing }: { document: DocumentView; isFaceSyncing: boolean }) {
  const { chunks_total, chunks_completed } = document;
  switch (document.status) {
    case "transcribing":
      return <StatusLine tone="running">{sourcesText.status.transcribing}</StatusLine>;
    case "pending":
      return isFaceSyncing ? (
        <StatusLine tone="queued">{sourcesText.status.nextInLine}</StatusLine>
      ) : (
        <StatusLine tone="waiting">{sourcesText.status.waiting}</StatusLine>
      );
    case "syncing":
      return (
        <StatusLine tone="running">
          {chunks_total > 0 ? sourcesText.chunks(chunks_completed, chunks_total) : sourcesText.status.syncing}
        </StatusLine>
      );
    case "synced":
      return <StatusLine tone="done">{sourcesText.status.synced}</StatusLine>;
    case "failed":
      return <StatusLine tone="failed">{sourcesText.status.failed}</StatusLine>;
  }
}
