import { SyncProgress } from "@/lib/faces/schemas";
import { ApiError, request } from "@/lib/http/fetch-json";
import { readEvents } from "@/lib/http/read-events";
import { parseJson } from "@/lib/json";
import { SyncSummary } from "./wire";

const reconnectMs = 1_500;
const mostMs = 15_000;

type Watcher = {
  signal: AbortSignal;
  onProgress: (progress: SyncProgress) => void;
  /** the stream is gone for now */
  onLost: () => void;
};

const pathOf = (face: string): string => `/v1/faces/${encodeURIComponent(face)}/sync/events`;

/**
 * Reads the stream of a sync until it ends, and again when only the connection did; each time it waits longer. Where
 * the server refuses it there is no stream: whoever asks for the face now and then still sees how it goes.
 *
 * @returns the summary; null when there is none to be had
 */
export async function followSync(face: string, { signal, onProgress, onLost }: Watcher): Promise<SyncSummary | null> {
  for (let waitMs = reconnectMs; !signal.aborted; waitMs = Math.min(mostMs, waitMs * 2)) {
    try {
      const response = await request(pathOf(face), { signal, headers: { accept: "text/event-stream" } });
      for await (const { event, data } of readEvents(response)) {
        if (event === "summary") return SyncSummary.safeParse(parseJson(data)).data ?? null;
        if (event === "error") return null;
        const progress = SyncProgress.safeParse(parseJson(data));
        if (event !== "progress" || !progress.success) continue;
        waitMs = reconnectMs;
        onProgress(progress.data);
      }
    } catch (error) {
      if (signal.aborted) return null;
      if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) {
        onLost();
        return null;
      }
    }
    onLost();
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return null;
}
