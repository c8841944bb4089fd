import type { Ctx } from "@/lib/auth/context";
import type { Transaction } from "@/lib/db/client";
import type { FaceRow } from "@/lib/faces/require-face";
import { insertDocument, nameFace } from "./insert-document";
import { inspectRecording } from "./media-process";
import type { DocumentView, UploadFields } from "./schemas";
import type { TakenFile } from "./take-file";
import { transcribeDocument } from "./transcribe-document.job";
import { noSpeechModel, speechModel } from "./transcribe-model";

type TakenMedia = Extract<TakenFile, { kind: "media" }>;

/**
 * Adds a recording to a face: kept as it came, and transcribed by a worker. Without a speech model it is kept all the
 * same and says so; a later sync takes it up.
 *
 * @throws {AppError} `unreadable` no sound that can be played here
 */
export async function addMediaDocument(
  ctx: Ctx,
  face: FaceRow,
  { fields, file, fileName }: { fields: UploadFields; file: TakenMedia; fileName: string },
): Promise<DocumentView> {
  const { seconds } = await inspectRecording(file.path, fileName, ctx.signal);
  const hasModel = speechModel() !== null;
  await nameFace(ctx, face, fields);
  const columns = {
    type: fields.type ?? "document",
    label: fields.label ?? fileName,
    source: "upload",
    mimeType: file.mimeType,
    format: "recording",
    perspective: fields.perspective ?? "first-person",
    faceSpeaker: fields.face_speaker ?? null,
    speakers: [],
    contentHash: file.contentHash,
    tokenCount: 0,
    mediaSeconds: seconds,
    status: hasModel ? "transcribing" : "failed",
    error: hasModel ? null : noSpeechModel,
    versions: { create: { version: 1, content: "" } },
  };
  const original = { byteSize: file.byteSize, mimeType: file.mimeType, open: () => file.open() };
  return insertDocument(ctx, face, columns, original, async (tx, { id }) => {
    if (hasModel) await transcribeDocument.enqueue(tx, { documentId: id, apiKeyId: apiKeyOf(ctx) });
  });
}

/**
 * Takes up the recordings of a face that could not be transcribed: no model then, no credit, a server that was away.
 * Called when a sync is asked for. Without a model they keep saying so.
 *
 * @returns how many are being transcribed now
 */
export async function retryTranscriptions(tx: Transaction, faceId: string, apiKeyId: string | null): Promise<number> {
  if (speechModel() === null) return 0;
  const where = { faceId, status: "failed", format: "recording", tokenCount: 0, storageKey: { not: null } };
  const waiting = await tx.document.findMany({ where, select: { id: true } });
  for (const { id } of waiting) {
    await tx.document.update({ where: { id }, data: { status: "transcribing", error: null } });
    await transcribeDocument.enqueue(tx, { documentId: id, apiKeyId });
  }
  return waiting.length;
}

function apiKeyOf({ actor }: Ctx): string | null {
  return actor.credential.kind === "key" ? actor.credential.keyId : null;
}
