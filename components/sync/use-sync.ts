"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { z } from "zod";
import { refreshFace } from "@/components/sources/use-documents";
import { SyncQuote } from "@/lib/compile/schemas";
import { type FaceView, SyncProgress } from "@/lib/faces/schemas";
import { dataOf, fetchJson, request } from "@/lib/http/fetch-json";
import { readEvents } from "@/lib/http/read-events";
import { parseJson } from "@/lib/json";

const pathOf = (face: string, rest = ""): string => `/v1/faces/${encodeURIComponent(face)}/sync${rest}`;

/** What compiling the waiting texts costs at most. The server is bound by it. */
export function useSyncQuote(face: string, isAsked: boolean) {
  return useQuery({
    queryKey: ["sync-quote", face],
    queryFn: async ({ signal }) =>
      (await fetchJson(pathOf(face, "?dry_run=true"), dataOf(SyncQuote), { method: "POST", signal })).data,
    enabled: isAsked,
    refetchOnWindowFocus: true,
  });
}

export function useStartSync(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => fetchJson(pathOf(face), z.unknown(), { method: "POST" }),
    onSettled: () => refreshFace(client, face),
  });
}

export function useCancelSync(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => fetchJson(pathOf(face), z.unknown(), { method: "DELETE" }),
    onSuccess: () => toast("The sync is cancelled. What was done is kept, and the next one goes on from there."),
    onSettled: () => refreshFace(client, face),
  });
}

const reconnectMs = 1500;

/**
 * How the running sync is getting on. It is the server's sync, not the page's: whoever reloads or
 * opens the page elsewhere sees the same.
 */
export function useSyncProgress(face: string, isSyncing: boolean): SyncProgress | null {
  const client = useQueryClient();
  const [progress, setProgress] = useState<SyncProgress | null>(null);

  useEffect(() => {
    if (!isSyncing) return setProgress(null);
    const controller = new AbortController();
    const show = (next: SyncProgress) => {
      setProgress(next);
      // The heading tells the same as the panel.
      client.setQueryData<FaceView>(["face", face], (known) => known && withProgress(known, next));
    };
    void follow(face, controller.signal, show).then(() => {
      if (!controller.signal.aborted) refreshFace(client, face);
    });
    return () => controller.abort();
  }, [face, isSyncing, client]);

  return progress;
}

function withProgress(face: FaceView, progress: SyncProgress): FaceView {
  const { chunks_total, chunks_completed, tokens_charged, eta_seconds } = progress;
  return { ...face, sync: { ...face.sync, chunks_total, chunks_completed, tokens_charged, eta_seconds } };
}

/** Reads the stream until the sync ends, and again when only the connection did. */
async function follow(face: string, signal: AbortSignal, onProgress: (progress: SyncProgress) => void): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await request(pathOf(face, "/events"), { signal, headers: { accept: "text/event-stream" } });
      for await (const { event, data } of readEvents(response)) {
        if (event === "summary" || event === "error") return;
        const progress = SyncProgress.safeParse(parseJson(data));
        if (event === "progress" && progress.success) onProgress(progress.data);
      }
    } catch {
      // The connection broke; the sync goes on without us.
    }
    await new Promise((resolve) => setTimeout(resolve, reconnectMs));
  }
}
