"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { toast } from "@/components/ui/toast";
import { refreshFace } from "@/components/sources/use-documents";
import { syncText } from "@/components/strings/sync";
import type { FaceView } from "@/lib/faces/schemas";
import { diffHref } from "./diff-href";
import { lastSync } from "./use-sync";

const patienceMs = 60_000;

/**
 * Whatever of a face is on screen when its sync ends is read anew, and what it brought is said: the sync may have been
 * started elsewhere.
 */
export function useAfterSync({ username, sync_status, parts }: FaceView): void {
  const client = useQueryClient();
  const router = useRouter();
  const before = useRef(sync_status);
  const isComposite = parts.length > 0;
  useEffect(() => {
    const hasEnded = before.current === "syncing" && sync_status !== "syncing";
    before.current = sync_status;
    if (!hasEnded) return;
    refreshFace(client, username);
    if (sync_status !== "synced" || isComposite) return;
    // not through the cache: whatever refreshes it meanwhile would end the question
    void lastSync(username, AbortSignal.timeout(patienceMs)).then(
      (summary) => {
        client.setQueryData(["last-sync", username], summary);
        const result = summary?.result ?? null;
        const href = diffHref(username, result);
        const { added = 0, removed = 0 } = result?.primitives ?? {};
        toast(result === null ? syncText.syncedPlain : syncText.synced(added, removed), {
          ...(href === null ? {} : { action: { label: syncText.seeChange, onClick: () => router.push(href) } }),
        });
      },
      () => undefined,
    );
  }, [client, router, username, sync_status, isComposite]);
}
