"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { toast } from "@/components/ui/toast";
import { sourcesText } from "@/components/strings/sources";
import type { DocumentView } from "@/lib/documents/schemas";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { type DeletionEnd, PendingDeletions } from "./pending-deletions";
import { refreshFace } from "./use-documents";
import { DeletionReceipt } from "./wire";

const pathOf = (face: string, document: string): string =>
  `/v1/faces/${encodeURIComponent(face)}/documents/${encodeURIComponent(document)}`;

const Receipt = dataOf(DeletionReceipt);

const deletions = new PendingDeletions(
  async (face, document) => (await fetchJson(pathOf(face, document), Receipt, { method: "DELETE" })).data,
  // nobody is there any more to be told
  (face, document) => void fetch(pathOf(face, document), { method: "DELETE", keepalive: true }).catch(() => undefined),
);

if (typeof window !== "undefined") addEventListener("pagehide", () => deletions.leave());

/** Deletes what still waits to be deleted of a face, so that nothing compiles it. */
export const finishDeletions = (face: string): Promise<void> => deletions.flush(face);

/** Deletions of a face that can still be taken back. @param face username */
export function useDeletions(face: string) {
  const client = useQueryClient();
  const all = useSyncExternalStore(deletions.subscribe, deletions.list, deletions.list);
  const pending = useMemo(() => all.filter((deletion) => deletion.face === face), [all, face]);
  const doomed = useMemo(() => new Set(pending.flatMap(({ documents }) => documents.map(({ id }) => id))), [pending]);

  function remove(documents: readonly DocumentView[]): void {
    const [first] = documents;
    if (first === undefined) return;
    const isOne = documents.length === 1;
    const marked = documents.map(({ id, label, status }) => ({ id, label, isWaiting: status === "pending" }));
    const { id } = deletions.add(face, marked, (end) => {
      if (end.kind === "deleted") dropFromList(client, face, new Set(marked.map((document) => document.id)));
      if (end.kind !== "undone") refreshFace(client, face);
      tellEnd(toastId, { label: first.label, count: documents.length }, end);
    });
    const toastId = `deletion ${id}`;
    const tell = (message: string) =>
      toast(message, {
        id: toastId,
        // it stands as long as it can be taken back: its end takes it away
        duration: Infinity,
        action: { label: sourcesText.undo, onClick: () => void deletions.undo(id) },
      });
    const statements = documents.reduce((sum, { counts }) => sum + counts.statements, 0);
    tell(isOne ? sourcesText.removing(first.label) : sourcesText.removingMany(documents.length, statements));
    if (!isOne) return;
    // what would go is told as soon as it is known, as long as it can be taken back
    fetchJson(`${pathOf(face, first.id)}?dry_run=true`, Receipt, { method: "DELETE" }).then(
      ({ data }) => {
        if (deletions.list().some((deletion) => deletion.id === id)) tell(sourcesText.wouldGo(first.label, data));
      },
      () => undefined,
    );
  }

  const undoLast = (): void => {
    const last = pending.at(-1);
    if (last !== undefined) deletions.undo(last.id);
  };

  return { pending, doomed, remove, undoLast };
}

/** The rows stay away until the list has been read anew. */
function dropFromList(client: QueryClient, face: string, ids: ReadonlySet<string>): void {
  client.setQueryData<DocumentView[]>(["documents", face], (known) => known?.filter(({ id }) => !ids.has(id)));
}

type What = { label: string; count: number };

/**
 * The last word on a deletion, in the place of the offer to take it back. It is a toast of its own: one that is just
 * going shows no other words any more.
 */
function tellEnd(offer: string, { label, count }: What, end: DeletionEnd): void {
  toast.dismiss(offer);
  const settled = { duration: 6000 };
  const what = count === 1 ? label : sourcesText.someTexts(count);
  if (end.kind === "undone") toast(sourcesText.broughtBack(what), settled);
  else if (end.kind === "failed") {
    const reason = end.error instanceof Error ? end.error.message : "";
    toast.error(sourcesText.notDeleted(what, reason), { ...settled, duration: 10_000 });
  } else if (count === 1) toast(sourcesText.gone(label, end.receipt), settled);
  else toast(sourcesText.goneMany(count, end.receipt), settled);
}
