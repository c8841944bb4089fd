import type { Readable } from "node:stream";
import type { Ctx } from "@/lib/auth/context";
import { NotFoundError } from "@/lib/errors";
import { sourceFaceIds } from "@/lib/faces/parts";
import { requireReadableFace } from "@/lib/faces/require-face";
import { store } from "@/lib/storage/store";

/** A document's file as it came. `fileName` has an ending that fits. */
export type DocumentFile = { stream: Readable; fileName: string; mimeType: string; byteSize: number | null };

const endings: Record<string, string> = {
  "text/plain": ".txt",
  "text/markdown": ".md",
  "text/html": ".html",
  "text/vtt": ".vtt",
  "application/x-subrip": ".srt",
  "application/pdf": ".pdf",
  "application/json": ".json",
  "application/zip": ".zip",
  "application/epub+zip": ".epub",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
};

/** Opens the file that a document was read from. @throws {NotFoundError} also for pasted text, which has none */
export async function openDocumentFile(ctx: Ctx, ref: { face: string; document: string }): Promise<DocumentFile> {
  const face = await requireReadableFace(ctx, ref.face);
  const row = await ctx.db.document.findFirst({ where: { id: ref.document, faceId: { in: sourceFaceIds(face) } } });
  if (row === null) throw new NotFoundError("The document");
  if (row.storageKey === null) throw new NotFoundError("The file of the document");
  const stream = await store().get(row.storageKey, { signal: ctx.signal });
  const hasEnding = /\.[a-z0-9]{1,5}$/iu.test(row.label);
  const fileName = hasEnding ? row.label : row.label + (endings[row.mimeType] ?? "");
  return { stream, fileName, mimeType: row.mimeType, byteSize: row.byteSize };
}
