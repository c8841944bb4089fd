"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { toast } from "@/components/ui/toast";
import { z } from "zod";
import { finishDeletions } from "@/components/sources/use-deletions";
import { refreshFace } from "@/components/sources/use-documents";
import { syncText } from "@/components/strings/sync";
import { SyncQuote } from "@/lib/compile/schemas";
import { type FaceView, type SyncProgress, SyncStatus } from "@/lib/faces/schemas";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { followSync } from "./follow-sync";
import type { SyncSummary } from "./wire";

const pathOf = (face: string, rest = ""): string => `/v1/faces/${encodeURIComponent(face)}/sync${rest}`;

const Started = z.object({ sync_status: SyncStatus });

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
    mutationFn: async () => {
      // what was deleted is not compiled, also when it could still be taken back
      await finishDeletions(face);
      return (await fetchJson(pathOf(face), dataOf(Started), { method: "POST" })).data;
    },
    // the page says at once what the server has just said; how far it is comes with the stream
    onSuccess: ({ sync_status }) =>
      client.setQueryData<FaceView>(["face", face], (known) => known && { ...known, sync_status }),
    onSettled: () => refreshFace(client, face),
  });
}

export function useCancelSync(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => fetchJson(pathOf(face), z.unknown(), { method: "DELETE" }),
    onSuccess: () => toast(syncText.cancelled),
    onSettled: () => refreshFace(client, face),
  });
}

/** What the last sync of a face did; asked while none is running. */
export function useLastSync(face: FaceView) {
  return useQuery({
    queryKey: ["last-sync", face.username],
    queryFn: ({ signal }) => lastSync(face.username, signal),
    enabled: face.sync_status !== "syncing" && !face.is_sample && face.version > 0,
    staleTime: 60_000,
  });
}

export function lastSync(face: string, signal: AbortSignal): Promise<SyncSummary | null> {
  return followSync(face, { signal, onProgress: () => undefined, onLost: () => undefined });
}

export type LiveSync = {
  /** null: only what the face itself tells */
  progress: SyncProgress | null;
  /** the stream is gone: the face is asked every few seconds instead */
  isPolling: boolean;
};

/**
 * How the running sync is getting on. It is the server's sync, not the page's: whoever reloads or
 * opens the page elsewhere sees the same.
 */
export function useSyncProgress(face: string, isSyncing: boolean): LiveSync {
  const client = useQueryClient();
  const [live, setLive] = useState<LiveSync>({ progress: null, isPolling: false });

  useEffect(() => {
    setLive({ progress: null, isPolling: false });
    if (!isSyncing) return;
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = (progress: SyncProgress) => {
      setLive({ progress, isPolling: false });
      // The heading tells the same as the panel.
      client.setQueryData<FaceView>(["face", face], (known) => known && withProgress(known, progress));
    };
    // what the stream told last is older than what the face tells next
    const onLost = () => setLive({ progress: null, isPolling: true });
    void followSync(face, { signal, onProgress, onLost }).then(() => {
      if (!signal.aborted) refreshFace(client, face);
    });
    return () => controller.abort();
  }, [face, isSyncing, client]);

  return live;
}

function withProgress(face: FaceView, progress: SyncProgress): FaceView {
  const { stage, chunks_total, chunks_completed, tokens_charged, eta_seconds } = progress;
  return { ...face, sync: { ...face.sync, stage, chunks_total, chunks_completed, tokens_charged, eta_seconds } };
}
