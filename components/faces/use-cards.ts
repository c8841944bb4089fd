"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { saveFile } from "@/components/ui/save-file";
import { ImportReport } from "@/lib/cards/schemas";
import { dataOf, fetchJson, request } from "@/lib/http/fetch-json";

export type CardFormat = "json" | "png";

/** A face's card as the server makes it. */
async function fetchCard(face: string, format: CardFormat): Promise<{ blob: Blob; fileName: string }> {
  const response = await request(`/v1/faces/${encodeURIComponent(face)}/export?format=${format}`);
  return { blob: await response.blob(), fileName: `${face}.card.${format}` };
}

export async function downloadCard(face: string, format: CardFormat): Promise<void> {
  const { blob, fileName } = await fetchCard(face, format);
  saveFile(blob, fileName);
}

/** Several cards in one archive. @returns what could not be exported, by username */
export async function downloadCards(
  faces: readonly string[],
  format: CardFormat,
  fileName: string,
  onProgress: (done: number) => void,
): Promise<Map<string, unknown>> {
  const { zipSync } = await import("fflate");
  const files: Record<string, [Uint8Array, { level: 0 | 6 }]> = {};
  const failed = new Map<string, unknown>();
  for (const [done, face] of faces.entries()) {
    onProgress(done);
    try {
      const card = await fetchCard(face, format);
      // a PNG is packed already
      files[card.fileName] = [new Uint8Array(await card.blob.arrayBuffer()), { level: format === "png" ? 0 : 6 }];
    } catch (error) {
      failed.set(face, error);
    }
  }
  if (failed.size < faces.length)
    saveFile(new Blob([new Uint8Array(zipSync(files))], { type: "application/zip" }), fileName);
  return failed;
}

/** Takes a card in; the list and the quota change with it. */
export function useImportCard() {
  return useImport((file: File) => {
    const form = new FormData();
    form.append("file", file);
    return form;
  });
}

/** Makes a copy of a face that one may read. */
export function useCopyFace() {
  return useImport((face: string) => ({ copy_of: face }));
}

function useImport<What>(bodyOf: (what: What) => unknown) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (what: What) =>
      (await fetchJson("/v1/faces/import", dataOf(ImportReport), { method: "POST", body: bodyOf(what) })).data,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["faces"] }),
        client.invalidateQueries({ queryKey: ["billing"] }),
      ]),
  });
}
