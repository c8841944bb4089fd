import { facesText } from "@/components/strings/faces";
import { StatusLine } from "@/components/ui/status-line";
import { formatAgo } from "@/lib/format";
import type { FaceView } from "@/lib/faces/schemas";

const text = facesText.status;

/** Share of the running sync that is done, 0–1. */
export function syncShare(face: Pick<FaceView, "sync">): number {
  const total = face.sync?.chunks_total ?? 0;
  return total > 0 ? Math.min(1, (face.sync?.chunks_completed ?? 0) / total) : 0;
}

/** Where a face stands, in one line. */
export function FaceStatus({ face, now }: { face: FaceView; now?: number }) {
  if (face.formula !== null) return <StatusLine tone="follows">{text.follows}</StatusLine>;
  switch (face.sync_status) {
    case "empty":
      return <StatusLine tone="waiting">{text.empty}</StatusLine>;
    case "pending":
      return <StatusLine tone="waiting">{text.pending(face.document_counts.pending)}</StatusLine>;
    case "syncing":
      return <StatusLine tone="running">{text.syncing(Math.floor(syncShare(face) * 100))}</StatusLine>;
    case "synced":
      return (
        <StatusLine tone="done">{text.synced(now && face.synced_at ? formatAgo(face.synced_at, now) : "")}</StatusLine>
      );
    case "failed":
      return <StatusLine tone="failed">{text.failed}</StatusLine>;
    case "payment_required":
      return <StatusLine tone="stopped">{text.payment}</StatusLine>;
  }
}
