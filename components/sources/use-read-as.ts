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
    void update.mutateAsync({ id: document.id, ...changeTo(kind) }).then(
      () => toast(sourcesText.waitsAgain(document.label)),
      (error: Error) =>
        error instanceof ApiError && error.param === "face_speaker" ? onAskSpeaker(document) : tell(error),
    );
  };
  /** It tells how it went also when what asked for it is closed by then. */
  const speakAs = (document: DocumentView, speaker: string) =>
    void update
      .mutateAsync({ id: document.id, type: "thread", face_speaker: speaker })
      .then(() => toast(sourcesText.waitsAs(document.label, speaker)), tell);
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
