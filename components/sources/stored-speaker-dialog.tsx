"use client";

import { useMemo } from "react";
import type { DocumentView } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { SpeakerDialog } from "./speaker-dialog";
import { useDocument } from "./use-documents";
import { useReadAs } from "./use-read-as";

type StoredSpeakerDialogProps = { face: FaceView; document: DocumentView; onClose: () => void };

/** Asks who the face is in a text that is stored already. */
export function StoredSpeakerDialog({ face, document, onClose }: StoredSpeakerDialogProps) {
  const stored = useDocument(face.username, document.id);
  const { speakAs } = useReadAs(face.username, () => undefined);
  const file = useMemo(
    () => (stored.data ? new File([stored.data.content], "conversation.txt", { type: "text/plain" }) : null),
    [stored.data],
  );
  return (
    <SpeakerDialog
      face={face}
      file={file}
      onClose={onClose}
      onChoose={(speaker) => {
        speakAs(document, speaker);
        onClose();
      }}
    />
  );
}
