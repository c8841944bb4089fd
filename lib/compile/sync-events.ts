import type { Ctx } from "@/lib/auth/context";
import { toFaceView } from "@/lib/faces/face-views";
import type { FaceRow } from "@/lib/faces/require-face";
import { type FaceView, SyncProgress } from "@/lib/faces/schemas";
import { waitForJob } from "@/lib/jobs/job-notifications";
import { findActiveJob } from "@/lib/jobs/queue";
import { type SyncResult, syncSummary } from "./sync-summary";

/** One event of the stream of a sync: its name and what is sent as JSON. */
export type SyncEvent = { event: "progress" | "summary"; data: SyncProgress | SyncSummary };

/** How a sync ended, and what the last one did. */
export type SyncSummary = Pick<FaceView, "sync_status" | "component_counts" | "version" | "synced_at"> & {
  face_id: string;
  error: string | null;
  result: SyncResult | null;
};

/** Looked at least this often, also when a notification was missed. */
const lookEveryMs = 1_000;

/**
 * A sync as it goes: its progress whenever it changes, and a summary at its end. Without a sync under way only the
 * summary.
 */
export async function* syncEvents(ctx: Ctx, face: FaceRow): AsyncGenerator<SyncEvent> {
  let sent = "";
  while (!ctx.signal.aborted) {
    const job = await findActiveJob(ctx.db, "compile.sync", face.id);
    if (job === null) break;
    const progress = SyncProgress.safeParse(job.progress).data;
    const text = JSON.stringify(progress);
    if (progress !== undefined && text !== sent) {
      sent = text;
      yield { event: "progress", data: progress };
    }
    await waitForJob(job.id, { timeoutMs: lookEveryMs, signal: ctx.signal });
  }
  const now = await ctx.db.face.findUnique({ where: { id: face.id } });
  if (now === null) return;
  const { sync_status, sync, component_counts, version, synced_at } = await toFaceView(ctx.db, now);
  const result = await syncSummary(ctx.db, face.id);
  yield {
    event: "summary",
    data: { face_id: face.id, sync_status, component_counts, version, synced_at, error: sync.error, result },
  };
}
