"use client";

import { useMemo, useState } from "react";
import { toast } from "@/components/ui/toast";
import { facesText } from "@/components/strings/faces";
import type { FaceView } from "@/lib/faces/schemas";
import type { FaceActions } from "./face-row-menu";
import { nameOf } from "./faces-view";
import { downloadCard, downloadCards, useCopyFace, type CardFormat } from "./use-cards";

/** A question that is open about some faces. */
export type OpenQuestion = { kind: "delete" | "sync"; faces: FaceView[] } | { kind: "formula"; face: FaceView } | null;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : "");

/** What the list can do with faces: at once, or after a question. */
export function useFaceActions() {
  const [question, setQuestion] = useState<OpenQuestion>(null);
  const { mutateAsync: copy } = useCopyFace();
  const actions = useMemo<FaceActions>(
    () => ({
      sync: (faces) => setQuestion({ kind: "sync", faces }),
      remove: (faces) => setQuestion({ kind: "delete", faces }),
      changeFormula: (face) => setQuestion({ kind: "formula", face }),
      export: (face, format) => {
        downloadCard(face.username, format).catch((error: unknown) =>
          toast.error(facesText.exportFailed(nameOf(face), reasonOf(error))),
        );
      },
      copy: (face) => {
        toast.promise(copy(face.id), {
          loading: facesText.copying(nameOf(face)),
          success: ({ face: made }) => facesText.copied(nameOf(face), made.username),
          error: (error: unknown) => facesText.copyFailed(nameOf(face), reasonOf(error)),
        });
      },
    }),
    [copy],
  );
  return { actions, question, close: () => setQuestion(null), exportAll };
}

/** Cards of several faces in one archive; what failed is named, the others are in it. */
async function exportAll(faces: readonly FaceView[], format: CardFormat): Promise<void> {
  const [only] = faces;
  const names = faces.map(({ username }) => username);
  const note = toast.loading(facesText.exporting(0, faces.length));
  try {
    if (only !== undefined && faces.length === 1) await downloadCard(only.username, format);
    else {
      const failed = await downloadCards(names, format, facesText.exportZip, (done) =>
        toast.loading(facesText.exporting(done, faces.length), { id: note }),
      );
      if (failed.size > 0) toast.error(facesText.exportZipFailed(describe(failed)), { duration: 20_000 });
    }
  } catch (error) {
    toast.error(facesText.exportFailed(names.join(", "), reasonOf(error)));
  } finally {
    toast.dismiss(note);
  }
}

const describe = (failed: ReadonlyMap<string, unknown>): string =>
  [...failed].map(([face, error]) => `${face} (${reasonOf(error)})`).join(", ");
