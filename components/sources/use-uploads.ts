"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { toast } from "@/components/ui/toast";
import { sourcesText } from "@/components/strings/sources";
import { type DocumentView, UploadLimits } from "@/lib/documents/schemas";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { refreshFace } from "./use-documents";
import { tooLarge, uploadFile } from "./upload-file";
import { UploadQueue } from "./upload-queue";

/** One for the whole page: uploads go on while one looks at something else. */
const queue = new UploadQueue(uploadFile);

/** A browser that is about to leave asks first as long as something is on its way. */
const warn = (event: BeforeUnloadEvent) => event.preventDefault();
queue.subscribe(() => {
  if (queue.list().some(({ status }) => status !== "failed")) addEventListener("beforeunload", warn);
  else removeEventListener("beforeunload", warn);
});

/** What this installation takes; asked once. @param face username */
export function useUploadLimits(face: string) {
  return useQuery({
    queryKey: ["upload-limits"],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/v1/faces/${encodeURIComponent(face)}/upload`, dataOf(UploadLimits), { signal })).data,
    staleTime: Infinity,
  });
}

/** The uploads of one face that are not done: each can be cancelled and tried again. */
export function useUploads(face: string) {
  const client = useQueryClient();
  const limits = useUploadLimits(face).data;
  const all = useSyncExternalStore(queue.subscribe, queue.list, queue.list);
  const uploads = useMemo(() => all.filter((upload) => upload.face === face), [all, face]);

  useEffect(() => {
    queue.onArrived = (owner, document) => {
      const known = client.getQueryData<DocumentView[]>(["documents", owner]);
      if (known?.some(({ id }) => id === document.id)) toast(sourcesText.alreadyThere(document.label));
      refreshFace(client, owner);
    };
  }, [client]);

  return {
    uploads,
    add: (files: readonly File[], fields: Record<string, string>) => {
      const fitting = files.filter((file) => {
        const refusal = limits === undefined ? null : tooLarge(file, limits);
        if (refusal !== null) queue.refuse(face, file, fields, refusal);
        return refusal === null;
      });
      queue.add(face, fitting, fields);
    },
    retry: (id: number, fields?: Record<string, string>) => queue.retry(id, fields),
    cancel: (id: number) => queue.cancel(id),
  };
}

export type Uploading = ReturnType<typeof useUploads>;
