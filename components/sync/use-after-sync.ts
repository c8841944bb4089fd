"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { refreshFace } from "@/components/sources/use-documents";
import type { FaceView } from "@/lib/faces/schemas";

/** Whatever of a face is on screen when its sync ends is read anew: the sync may have been started elsewhere. */
export function useAfterSync({ username, sync_status }: FaceView): void {
  const client = useQueryClient();
  const before = useRef(sync_status);
  useEffect(() => {
    if (before.current === "syncing" && sync_status !== "syncing") refreshFace(client, username);
    before.current = sync_status;
  }, [client, username, sync_status]);
}
