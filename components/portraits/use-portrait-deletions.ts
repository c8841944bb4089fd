"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { z } from "zod";
import { portraitsText as text } from "@/components/strings/portraits";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/http/fetch-json";
import type { PortraitView } from "@/lib/portraits/portrait-schemas";
import { LateDeletions } from "./late-deletions";
import { dropPortrait } from "./use-portraits";

const pathOf = (id: string): string => `/v1/portraits/${encodeURIComponent(id)}`;

const deletions = new LateDeletions(
  (id) => fetchJson(pathOf(id), z.unknown(), { method: "DELETE" }),
  // nobody is there any more to be told
  (id) => void fetch(pathOf(id), { method: "DELETE", keepalive: true }).catch(() => undefined),
);

if (typeof window !== "undefined") addEventListener("pagehide", () => deletions.leave());

/** Deletes portraits so that it can be taken back; `doomed` are not to be shown. */
export function usePortraitDeletions() {
  const client = useQueryClient();
  const doomed = useSyncExternalStore(deletions.subscribe, deletions.list, deletions.list);

  const remove = useCallback(
    ({ id, is_picture: isPicture }: PortraitView): void => {
      const toastId = `deletion ${id}`;
      deletions.add(id, (end) => {
        toast.dismiss(toastId);
        if (end.kind === "failed") toast.error(text.notDeleted(end.error instanceof Error ? end.error.message : ""));
        if (end.kind !== "deleted") return;
        dropPortrait(client, id);
        if (isPicture) for (const key of ["face", "faces"]) void client.invalidateQueries({ queryKey: [key] });
      });
      toast(isPicture ? text.pictureDeleted : text.oneDeleted, {
        id: toastId,
        // it stands as long as it can be taken back: its end takes it away
        duration: Infinity,
        action: { label: text.undo, onClick: () => void deletions.undo(id) },
      });
    },
    [client],
  );

  return { doomed, remove };
}
