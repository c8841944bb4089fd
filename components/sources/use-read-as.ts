"use client";

import { toast } from "@/components/ui/toast";
import { sourcesText } from "@/components/strings/sources";
import type { DocumentView } from "@/lib/documents/schemas";
import { ApiError } from "@/lib/http/fetch-json";
import { changeTo, kindOf, type SourceKind } from "./source-kind";
import { useUpdateDocument, useUpdateDocuments } from "./use-documents";

/**
 * Has a stored text read in another way.
 *
 * @param onAskSpeaker it shall be a conversation, and nobody in it bears the face's name
 */
export function useReadAs(face: string, onAskSpeaker: (document: DocumentView) => void) {
  const update = useUpdateDocument(face);
  const updateAll = useUpdateDocuments(face);
  const tell = (error: Error) => toast.error(sourcesText.notChanged(error.message));

  const readAs = (document: DocumentView, kind: SourceKind) => {
    if (kind === kindOf(document)) return;
    update.mutate(
      { id: document.id, ...changeTo(kind) },
      {
        onSuccess: () => toast(sourcesText.waitsAgain(document.label)),
        onError: (error) =>
          error instanceof ApiError && error.param === "face_speaker" ? onAskSpeaker(document) : tell(error),
      },
    );
  };
  const speakAs = (document: DocumentView, speaker: string) =>
    update.mutate(
      { id: document.id, type: "thread", face_speaker: speaker },
      { onSuccess: () => toast(sourcesText.waitsAs(document.label, speaker)), onError: tell },
    );
  /** Many at once; those that are of the kind already stay as they are. */
  const readAllAs = async (documents: readonly DocumentView[], kind: SourceKind) => {
    const others = documents.filter((document) => kindOf(document) !== kind);
    const ends = await updateAll(others.map(({ id }) => ({ id, ...changeTo(kind) })));
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) tell(failed.reason as Error);
    const changed = ends.length - ends.filter((end) => end.status === "rejected").length;
    if (changed > 0) toast(sourcesText.changed(changed));
  };
  return { readAs, speakAs, readAllAs };
}
