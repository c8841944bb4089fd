import { createHash } from "node:crypto";
import type { Ctx } from "@/lib/auth/context";
import { runTask } from "@/lib/compute/pool";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { requireSourceFace } from "@/lib/faces/parts";
import type { FaceRow } from "@/lib/faces/require-face";
import { parse } from "@/lib/http/parse";
import { chooseSpeaker, speakerOf } from "./choose-speaker";
import { toDocumentView } from "./document-views";
import { extractText, requireText } from "./extract-text";
import { languageNotes } from "./formats/language";
import type { Note, ReadingWithSpeakers } from "./formats/reading";
import { findByHash, insertDocument, nameFace, type OriginalFile, withNaming } from "./insert-document";
import { addMediaDocument } from "./media-document";
import { readUpload } from "./read-upload";
import { type AddTextInput, type DocumentView, type SourceType, UploadFields } from "./schemas";

const measureTimeoutMs = 60_000;

/** A source whose text is known. `original` is its file, kept beside the text; null when it had none. */
export type NewDocument = Omit<UploadFields, "type"> & {
  type: SourceType;
  text: string;
  contentHash: string;
  mimeType: string;
  format: string;
  /** upload | paste | import */
  source: string;
  sourceUrl?: string | undefined;
  /** what it is called when it has no label */
  fallbackLabel: string;
  notes: Note[];
  original: OriginalFile | null;
};

/**
 * Adds an uploaded file to a face. It is staged: nothing is compiled before a sync. A recording is transcribed first.
 *
 * @throws {NotFoundError} the face
 * @throws {AppError} `too_large`, `unsupported_type`, `unreadable` or `invalid_input`, each with its reason
 */
export async function addUploadedDocument(ctx: Ctx, face: string, request: Request): Promise<DocumentView> {
  // first: nobody's upload is read for a face that is not there
  const row = await requireSourceFace(ctx, face);
  const upload = await readUpload(request);
  try {
    const fields = parse(UploadFields, upload.fields);
    const { file, fileName } = upload;
    const existing = await findByHash(ctx, row.id, file.contentHash);
    if (existing !== null) return await toDocumentView(ctx.db, existing);
    if (file.kind === "media") return await addMediaDocument(ctx, row, { fields, file, fileName });
    const reading = await extractText(file.bytes, fileName, ctx.signal);
    return await addDocument(ctx, row, {
      ...fields,
      ...reading,
      type: fields.type ?? typeOf(reading, fields, withNaming(row, fields)),
      contentHash: file.contentHash,
      source: "upload",
      fallbackLabel: fileName,
      original: { byteSize: file.byteSize, mimeType: reading.mimeType, open: () => file.bytes },
    });
  } finally {
    await upload.dispose();
  }
}

/** Adds pasted text to a face. @throws as `addUploadedDocument` */
export async function addTextDocument(ctx: Ctx, input: AddTextInput & { face: string }): Promise<DocumentView> {
  const row = await requireSourceFace(ctx, input.face);
  const text = requireContent(input.content);
  return addDocument(ctx, row, {
    ...input,
    text,
    contentHash: hashContent(Buffer.from(text)),
    mimeType: "text/plain",
    format: "text",
    source: "paste",
    fallbackLabel: "Pasted text",
    notes: languageNotes(text),
    original: null,
  });
}

/**
 * Adds a source to a face. The same bytes twice are one document: browsers retry uploads, and a duplicate would be
 * stored, billed and compiled again.
 *
 * @throws {AppError} `unreadable`, `invalid_input`: a thread without the face in it
 */
export async function addDocument(ctx: Ctx, face: FaceRow, input: NewDocument): Promise<DocumentView> {
  const existing = await findByHash(ctx, face.id, input.contentHash);
  if (existing !== null) return toDocumentView(ctx.db, existing);
  const measured = await measure(input.text, input.type, ctx.signal);
  const faceSpeaker = chooseSpeaker(input, measured.speakers, withNaming(face, input));
  await nameFace(ctx, face, input);
  const columns = {
    type: input.type,
    label: input.label ?? input.fallbackLabel.slice(0, 200),
    source: input.source,
    sourceUrl: input.sourceUrl ?? null,
    mimeType: input.mimeType,
    format: input.format,
    perspective: input.perspective ?? "first-person",
    faceSpeaker,
    speakers: measured.speakers,
    notes: input.notes,
    contentHash: input.contentHash,
    tokenCount: measured.tokens,
    chunksTotal: measured.chunks,
    versions: { create: { version: 1, content: input.text } },
  };
  return insertDocument(ctx, face, columns, input.original);
}

/** What a file is when nobody says: plain text is a thread only where the face speaks in it. */
export function typeOf(reading: ReadingWithSpeakers, fields: UploadFields, face: FaceRow): SourceType {
  if (reading.kind !== "transcript") return reading.kind;
  const names = reading.speakers.map(({ name }) => name);
  return fields.face_speaker !== undefined || speakerOf(face, names) !== null ? "thread" : "document";
}

/** What tells the same content again: the sha256 of its bytes, hex. */
export function hashContent(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A text from a JSON body that may be a document's. @throws {AppError} `unreadable`, `unsupported_type`, `too_large` */
export function requireContent(content: string): string {
  const text = requireText(content, "the text");
  if (Buffer.byteLength(text) <= env().MAX_UPLOAD_MB * 1024 * 1024) return text;
  throw new AppError("too_large", `The text is larger than ${env().MAX_UPLOAD_MB} MB.`, { param: "content" });
}

/** Size and speakers of a text, read the way that compiling reads it, so that a quote for it is exact. */
export function measure(text: string, type: SourceType, signal: AbortSignal) {
  return runTask("measureText", { text, type }, { signal, timeoutMs: measureTimeoutMs });
}
